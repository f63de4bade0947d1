-- The measure lines with their identity and what the measure dictionary knows.
CREATE TABLE built.lines AS
WITH corrected AS (
    SELECT
        m.* REPLACE (coalesce(x.rating, m.rag) AS rag),
        x.meaning AS rag_corrected_to,
        c.meaning,
        c.value AS new_value,
        c.unit AS new_unit,
        c.value_status AS new_status
    FROM readings.measures AS m
    INNER JOIN readings.documents AS d USING (document_id)
    LEFT JOIN built.meanings AS c
        ON d.document_path = c.document_path
        AND m.target_place = c.place
        AND m.target_text = c.expected_text
        AND corrects(c.part, c.value, m.part)
    LEFT JOIN built.corrected_ratings AS x
        ON d.document_path = x.document_path AND m.rag_place = x.place AND m.rag_text = x.expected_text
)

SELECT
    d.document_id,
    d.document_path,
    d.document_role,
    d.council,
    d.directorate,
    d.lineage,
    d.financial_year,
    d.reported_quarter,
    d.reported_period,
    d.revision,
    d.is_current,
    d.known_on,
    d.speaks,
    m.measure_no,
    m.priority_no,
    m.section,
    m.priority,
    -- on one line: of a PDF, the lines of a narrow cell are no part of a name ('… calls /answered')
    regexp_replace(trim(m.measure), '\s+', ' ', 'g') AS measure,
    i.measure_id,
    i.identified_by,
    m.part,
    m.reference,
    m.target_text,
    if(m.meaning IS NULL, m.target_value, m.new_value) AS target_value,
    if(m.meaning IS NULL, m.target_unit, m.new_unit) AS target_unit,
    if(m.meaning IS NULL, m.target_status, m.new_status) AS target_status,
    m.meaning AS target_corrected_to,
    m.target_comparator,
    m.target_place,
    m.rag,
    m.rag_text,
    m.rag_source,
    m.rag_place,
    m.rag_corrected_to,
    m.rag_previous,
    m.direction_text,
    m.direction,
    m.owner,
    m.comments,
    m.portfolio,
    coalesce(k.scope, 'directorate') AS scope,
    k.kind AS measure_kind,
    k.tolerance,
    coalesce(k.polarity, w.polarity) AS polarity,
    m.place,
    row_number() OVER (PARTITION BY m.document_id, i.measure_id, m.part ORDER BY m.measure_no)::INTEGER AS copy_no,
    row_number() OVER (PARTITION BY m.document_id, m.measure_no ORDER BY m.part NULLS FIRST) = 1 AS is_first_part
FROM corrected AS m
INNER JOIN built.documents AS d USING (document_id)
INNER JOIN built.wordings AS i
    ON m.measure = i.measure
    AND d.council IS NOT DISTINCT FROM i.council
    AND d.directorate IS NOT DISTINCT FROM i.directorate
    AND m.section IS NOT DISTINCT FROM i.section
LEFT JOIN codes.measures AS k ON i.measure_id = k.measure_id
LEFT JOIN codes.polarity_words AS w ON lower(trim(m.polarity_text)) = w.text
ORDER BY d.council, d.directorate, d.reported_period, m.document_id, m.measure_no, m.part;
COMMENT ON TABLE built.lines IS 'One row per document, measure line and part, with the identity of the measure';

-- Example: SELECT section, measure, target_text, measure_id FROM measures_reported WHERE is_current ORDER BY ALL
CREATE VIEW measures_reported AS
SELECT * EXCLUDE (copy_no, is_first_part, reported_period, lineage) FROM built.lines;
COMMENT ON VIEW measures_reported IS 'One row per document, measure line and part: wording, identity, target, rating and remarks';
