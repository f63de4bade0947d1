-- A correction whose expected text is not printed at its place.
SELECT
    d.document_id,
    c.place,
    c.expected_text AS quote,
    json_object('document_path', c.document_path, 'expected_text', c.expected_text) AS detail
FROM corrections AS c
LEFT JOIN (SELECT document_path, min(document_id) AS document_id FROM built.documents GROUP BY ALL) AS d USING (document_path)
WHERE c.state = 'stale'
