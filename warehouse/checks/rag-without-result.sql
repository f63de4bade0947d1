-- A rated priority none of whose measures has a result for the reported quarter. A priority without measures is not meant.
WITH told AS (
    SELECT document_id, priority_no, bool_or(period = reported_period AND says(value, value_status)) AS any_result
    FROM built.results
    GROUP BY ALL
)

SELECT
    p.document_id,
    coalesce(p.rag_place, p.place) AS place,
    p.rag_text AS quote,
    d.reported_quarter AS quarter,
    json_object('priority', p.priority, 'stated', p.rag) AS detail
FROM built.priorities AS p
INNER JOIN built.documents AS d USING (document_id)
SEMI JOIN built.lines AS l ON p.document_id = l.document_id AND p.priority_no = l.priority_no
LEFT JOIN told AS t ON p.document_id = t.document_id AND p.priority_no = t.priority_no
WHERE d.speaks AND d.reported_period IS NOT NULL AND p.rag IN ('Red', 'Amber', 'Green') AND NOT coalesce(t.any_result, false)
