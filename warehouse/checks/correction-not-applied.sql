-- A correction of a cell that reads as expected, but which it does not fit.
SELECT
    d.document_id,
    c.place,
    c.expected_text AS quote,
    json_object(
        'document_path', c.document_path, 'expected_text', c.expected_text, 'meaning', c.meaning,
        'why_not', CASE c.field
            WHEN 'rag' THEN 'it is none of the ratings that schemas/codes/ratings.csv knows'
            WHEN 'result' THEN 'it has not the parts (a, b, ...) of the printed result'
            WHEN 'target' THEN 'it has not the parts (a, b, ...) of the printed target'
            ELSE 'only results, targets and ratings can be corrected'
        END
    ) AS detail
FROM corrections AS c
LEFT JOIN (SELECT document_path, min(document_id) AS document_id FROM built.documents GROUP BY ALL) AS d USING (document_path)
WHERE c.state = 'not applied'
