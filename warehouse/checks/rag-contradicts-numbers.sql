-- A stated rating against the declared rule of its time. A priority's rating stands for several measures: it
-- contradicts them only when it is better, or worse, than every one of them.
WITH ordered AS (
    SELECT
        *,
        list_position(['Red', 'Amber', 'Green'], stated) AS stated_no,
        list_position(['Red', 'Amber', 'Green'], computed) AS computed_no
    FROM computed_ratings
    WHERE speaks AND stated IN ('Red', 'Amber', 'Green') AND computed IS NOT NULL
),

judged AS (
    SELECT
        *,
        max(computed_no) OVER w AS best,
        min(computed_no) OVER w AS worst,
        row_number() OVER (w ORDER BY abs(stated_no - computed_no), measure_id, part) AS line_no
    FROM ordered
    WINDOW w AS (PARTITION BY document_id, stated_for, if(stated_for = 'measure', measure_id || coalesce(part, ''), priority_no::VARCHAR))
)

SELECT
    document_id,
    place,
    stated AS quote,
    quarter,
    measure,
    json_object(
        'stated', stated, 'computed', computed, 'rule_version', rule_version, 'value_text', value_text, 'target_text', target_text
    ) AS detail
FROM judged
WHERE line_no = 1 AND (stated_no > best OR stated_no < worst)
