-- Two lines of one document that are the same measure although they are worded differently.
SELECT
    b.document_id,
    b.place,
    b.measure AS quote,
    b.reported_quarter AS quarter,
    a.measure,
    json_object('other_measure', b.measure) AS detail
FROM built.lines AS a
INNER JOIN built.lines AS b
    ON a.document_id = b.document_id AND a.measure_id = b.measure_id AND a.part IS NOT DISTINCT FROM b.part
WHERE a.speaks AND a.copy_no = 1 AND b.copy_no > 1 AND b.is_first_part AND plain(a.measure) != plain(b.measure)
