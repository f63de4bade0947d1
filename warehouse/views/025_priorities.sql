-- The priorities, with people's corrections of a rating, written as any printed rating: a word or a letter.
CREATE TABLE built.priorities AS
SELECT
    p.* REPLACE (coalesce(c.rating, p.rag) AS rag),
    c.meaning AS rag_corrected_to
FROM readings.priorities AS p
INNER JOIN readings.documents AS d USING (document_id)
LEFT JOIN (
    SELECT x.document_path, x.place, x.expected_text, x.meaning, r.rating
    FROM codes.corrections AS x
    INNER JOIN (SELECT text, min(rating) AS rating FROM codes.ratings GROUP BY text) AS r ON lower(trim(x.meaning)) = r.text
) AS c
    ON d.document_path = c.document_path AND p.rag_place = c.place AND p.rag_text = c.expected_text;
COMMENT ON TABLE built.priorities IS 'The priorities, with people''s corrections of a rating';
