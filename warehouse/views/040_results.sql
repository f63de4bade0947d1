-- The results, wide: one row per document, measure, part and quarter cell that holds anything.
CREATE TABLE built.results AS
WITH exact AS (
    SELECT document_id, measure_no, coalesce(part, '') AS part_key, measure_id FROM built.lines
),

-- A result printed in parts whose target is not: the line's first part speaks for it.
joined AS (
    SELECT
        r.*,
        l.* EXCLUDE (document_id, measure_no, part, financial_year, place),
        l.financial_year AS document_year,
        l.place AS measure_place
    FROM readings.results AS r
    INNER JOIN built.lines AS l
        ON r.document_id = l.document_id AND r.measure_no = l.measure_no AND coalesce(r.part, '') = coalesce(l.part, '')
    UNION ALL BY NAME
    SELECT
        r.*,
        l.* EXCLUDE (document_id, measure_no, part, financial_year, place),
        l.financial_year AS document_year,
        l.place AS measure_place
    FROM readings.results AS r
    ANTI JOIN exact AS e
        ON r.document_id = e.document_id AND r.measure_no = e.measure_no AND coalesce(r.part, '') = e.part_key
    INNER JOIN built.lines AS l
        ON r.document_id = l.document_id AND r.measure_no = l.measure_no AND l.is_first_part
)

SELECT
    j.* REPLACE (
        coalesce(j.financial_year, j.document_year) AS financial_year,
        if(c.meaning IS NULL, j.value, c.value) AS value,
        if(c.meaning IS NULL, j.unit, c.unit) AS unit,
        if(c.meaning IS NULL, j.value_status, c.value_status) AS value_status,
        if(c.meaning IS NULL, j.digits, c.digits) AS digits
    ),
    c.meaning AS corrected_to,
    c.decided_on AS corrected_on,
    j.value AS printed_value,
    j.unit AS printed_unit,
    j.value_status AS printed_status,
    period_no(coalesce(j.financial_year, j.document_year), j.quarter) AS period
FROM joined AS j
LEFT JOIN built.meanings AS c
    ON j.document_path = c.document_path
    AND j.place = c.place
    AND j.value_text = c.expected_text
    AND corrects(c.part, c.value, j.part)
ORDER BY j.council, j.directorate, period, j.measure_id, j.part, j.reported_period, j.document_id, j.measure_no;
COMMENT ON TABLE built.results IS 'One row per document, measure, part and quarter cell, with everything needed to compare';

-- A text as the messages of the checks quote it: a corrected one says what it is read as.
CREATE MACRO as_read(said, path, spot) AS
said || coalesce(
    ' (corrected to ' || (
        SELECT any_value(r.corrected_to) FROM built.results AS r
        WHERE r.document_path = path AND r.place = spot AND r.corrected_to IS NOT NULL
    ) || ')',
    ''
);
COMMENT ON MACRO as_read IS 'A text as printed at a place of a document, with what it is read as where a correction says so';

-- Example: SELECT measure, part, target_text, value_text, value, unit FROM results WHERE directorate = 'CAP' AND quarter = 1 AND value IS NOT NULL ORDER BY ALL
CREATE VIEW results AS
SELECT
    document_id,
    document_path,
    document_role,
    directorate,
    financial_year,
    reported_quarter,
    section,
    priority,
    measure,
    measure_id,
    part,
    target_text,
    target_value,
    quarter,
    value_text,
    value,
    unit,
    value_status,
    place,
    council,
    measure_no,
    priority_no,
    target_unit,
    target_status,
    target_place,
    digits,
    upper,
    comparator,
    marks,
    heading,
    native,
    hidden,
    corrected_to,
    corrected_on,
    target_corrected_to,
    revision,
    is_current,
    measure_place,
    document_year
FROM built.results;
COMMENT ON VIEW results IS 'One row per document, measure, part and quarter cell that holds anything, from every document and revision. One figure stands here as often as documents tell it (scorecard, return, every later quarter): count and add up with latest_results. financial_year and quarter are those of the result';

-- Example: SELECT measure, field, heading, value_text, value FROM other_values ORDER BY ALL
CREATE VIEW other_values AS
SELECT
    o.document_id,
    l.document_path,
    l.document_role,
    l.council,
    l.directorate,
    l.financial_year,
    l.reported_quarter,
    l.section,
    l.priority,
    l.measure,
    l.measure_id,
    o.part,
    o.field,
    o.period_text,
    o.heading,
    o.value_text,
    o.value,
    o.unit,
    o.value_status,
    o.place,
    l.is_current
FROM readings.other_values AS o
INNER JOIN built.lines AS l
    ON o.document_id = l.document_id AND o.measure_no = l.measure_no AND l.is_first_part;
COMMENT ON VIEW other_values IS 'One row per kept cell of a measure line that is no quarter''s result: baseline, last year, forecast, month';
