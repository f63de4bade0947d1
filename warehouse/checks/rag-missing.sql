-- A priority without a rating on a scorecard that rates others. A cell with an unknown rating has its own finding.
WITH unknown AS (
    SELECT f.document_id, c.part, c.row
    FROM readings.findings AS f
    INNER JOIN readings.cells AS c ON f.document_id = c.document_id AND f.place = c.place
    WHERE f.rule IN ('rag-unknown', 'colour-unknown')
)

SELECT
    p.document_id,
    coalesce(p.rag_place, p.place) AS place,
    p.priority AS quote,
    d.reported_quarter AS quarter,
    json_object('priority', p.priority) AS detail
FROM built.priorities AS p
INNER JOIN built.documents AS d USING (document_id)
SEMI JOIN (SELECT document_id FROM built.priorities WHERE rag IS NOT NULL) AS rated ON p.document_id = rated.document_id
ANTI JOIN (SELECT document_id FROM built.lines WHERE rag IS NOT NULL) AS by_measure ON p.document_id = by_measure.document_id
LEFT JOIN readings.cells AS c ON p.document_id = c.document_id AND p.place = c.place
WHERE d.speaks AND p.rag IS NULL AND p.rag_text IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM unknown AS u
        WHERE u.document_id = p.document_id AND u.part IS NOT DISTINCT FROM c.part
            AND u.row BETWEEN c.row AND c.row + coalesce(c.rows, 1) - 1
    )
