-- The priorities, with people's corrections of a rating.
CREATE TABLE built.priorities AS
SELECT
    p.* REPLACE (coalesce(c.meaning, p.rag) AS rag),
    c.meaning AS rag_corrected_to
FROM readings.priorities AS p
INNER JOIN readings.documents AS d USING (document_id)
LEFT JOIN (
    SELECT document_path, place, expected_text, any_value(meaning) AS meaning
    FROM codes.corrections
    WHERE meaning IN ('Red', 'Amber', 'Green', 'Blue')
    GROUP BY ALL
    HAVING count(DISTINCT meaning) = 1
) AS c
    ON d.document_path = c.document_path AND p.rag_place = c.place AND p.rag_text = c.expected_text;
COMMENT ON TABLE built.priorities IS 'The priorities, with people''s corrections of a rating';
