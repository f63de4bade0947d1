-- People's corrections of a rating, written as any printed rating: a word or a letter.
CREATE TABLE built.corrected_ratings AS
SELECT c.document_path, c.place, c.expected_text, c.meaning, r.rating
FROM codes.corrections AS c
INNER JOIN (SELECT text, min(rating) AS rating FROM codes.ratings GROUP BY text) AS r ON lower(trim(c.meaning)) = r.text;
COMMENT ON TABLE built.corrected_ratings IS 'What each correction of a rating means';

-- The priorities, with people's corrections of a rating.
CREATE TABLE built.priorities AS
SELECT
    p.* REPLACE (coalesce(c.rating, p.rag) AS rag),
    c.meaning AS rag_corrected_to
FROM readings.priorities AS p
INNER JOIN readings.documents AS d USING (document_id)
LEFT JOIN built.corrected_ratings AS c
    ON d.document_path = c.document_path AND p.rag_place = c.place AND p.rag_text = c.expected_text;
COMMENT ON TABLE built.priorities IS 'The priorities, with people''s corrections of a rating';
