-- A measure listed twice in one document, under one priority or with different figures. One measure that supports
-- two priorities with the same figures is in order.
WITH told AS (
    SELECT document_id, measure_no, string_agg(concat_ws('|', part, period, value_text), chr(10) ORDER BY part, period) AS figures
    FROM built.results
    GROUP BY ALL
)

SELECT
    b.document_id,
    b.place,
    b.measure AS quote,
    b.reported_quarter AS quarter,
    b.measure,
    json_object('first_place', a.place) AS detail
FROM built.lines AS a
INNER JOIN built.lines AS b
    ON a.document_id = b.document_id AND a.measure_id = b.measure_id AND a.part IS NOT DISTINCT FROM b.part
LEFT JOIN told AS x ON a.document_id = x.document_id AND a.measure_no = x.measure_no
LEFT JOIN told AS y ON b.document_id = y.document_id AND b.measure_no = y.measure_no
WHERE a.is_current AND a.copy_no = 1 AND b.copy_no > 1 AND b.is_first_part AND plain(a.measure) = plain(b.measure)
    AND (a.priority_no IS NOT DISTINCT FROM b.priority_no OR x.figures IS DISTINCT FROM y.figures)
