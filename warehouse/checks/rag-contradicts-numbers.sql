-- A stated rating against the declared rule of its time. A priority's rating stands for several measures: it
-- contradicts them only when it is better, or worse, than every one of them. A figure printed as 80% may have been rated
-- as the 80.4% it was.
WITH ordered AS (
    SELECT
        *,
        list_position(['Red', 'Amber', 'Green'], stated) AS stated_no,
        list_position(['Red', 'Amber', 'Green'], computed) AS computed_no,
        [list_position(['Red', 'Amber', 'Green'], rating) FOR rating IN [computed, computed_if_less, computed_if_more]] AS possible
    FROM computed_ratings
    WHERE speaks AND stated IN ('Red', 'Amber', 'Green') AND computed IS NOT NULL
),

judged AS (
    SELECT
        *,
        max(list_max(possible)) OVER w AS best,
        min(list_min(possible)) OVER w AS worst,
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
