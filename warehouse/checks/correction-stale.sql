-- A correction whose expected text is not printed at its place.
SELECT
    d.document_id,
    c.place,
    c.expected_text AS quote,
    json_object('document_path', c.document_path, 'expected_text', c.expected_text) AS detail
FROM codes.corrections AS c
LEFT JOIN built.documents AS d ON c.document_path = d.document_path
WHERE NOT EXISTS (
    SELECT 1 FROM built.results AS r
    WHERE r.document_path = c.document_path AND r.place = c.place AND r.value_text = c.expected_text
)
AND NOT EXISTS (
    SELECT 1 FROM built.lines AS l
    WHERE l.document_path = c.document_path AND l.target_place = c.place AND l.target_text = c.expected_text
)
AND NOT EXISTS (
    SELECT 1 FROM built.priorities AS p
    INNER JOIN built.documents AS x USING (document_id)
    WHERE x.document_path = c.document_path AND p.rag_place = c.place AND p.rag_text = c.expected_text
)
QUALIFY row_number() OVER (PARTITION BY c.document_path, c.place, c.expected_text ORDER BY d.document_id) = 1
