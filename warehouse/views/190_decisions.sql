-- People's decisions and what became of them.
-- Example: SELECT document_path, place, expected_text, meaning, state, decided_by, decided_on FROM corrections ORDER BY ALL
CREATE VIEW corrections AS
WITH printed AS (
    SELECT document_path, place, value_text AS text, 'result' AS field, corrected_to FROM built.results
    UNION ALL
    SELECT document_path, target_place, target_text, 'target', target_corrected_to FROM built.lines
    UNION ALL
    SELECT d.document_path, p.rag_place, p.rag_text, 'rag', p.rag_corrected_to
    FROM built.priorities AS p INNER JOIN built.documents AS d USING (document_id)
    UNION ALL
    SELECT document_path, rag_place, rag_text, 'rag', rag_corrected_to FROM built.lines
    UNION ALL
    SELECT d.document_path, c.place, c.text, NULL, NULL
    FROM readings.cells AS c
    INNER JOIN built.documents AS d USING (document_id)
    WHERE d.document_path IN (SELECT document_path FROM codes.corrections)
),

found AS (
    SELECT c.document_path, c.place, c.expected_text, min(p.field) AS field, count(p.corrected_to) AS times_applied
    FROM codes.corrections AS c
    INNER JOIN printed AS p ON c.document_path = p.document_path AND c.place = p.place AND c.expected_text = p.text
    GROUP BY ALL
)

SELECT
    c.document_path,
    c.place,
    c.expected_text,
    c.meaning,
    CASE WHEN f.times_applied > 0 THEN 'applied' WHEN f.place IS NOT NULL THEN 'not applied' ELSE 'stale' END AS state,
    f.field,
    c.why,
    c.decided_by,
    c.decided_on
FROM codes.corrections AS c
LEFT JOIN found AS f
    ON c.document_path = f.document_path AND c.place = f.place AND c.expected_text = f.expected_text;
COMMENT ON VIEW corrections IS 'Every line of raw/corrections.csv and every corrected value of an answer, with what became of it';
COMMENT ON COLUMN corrections.state IS 'applied; stale (the expected text is not printed there any more); not applied (it is, but the correction does not fit the cell)';
COMMENT ON COLUMN corrections.field IS 'What the place holds: result, target or rag; empty for anything else';
