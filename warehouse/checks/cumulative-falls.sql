-- A measure that counts from April cannot fall within the year.
SELECT
    b.document_id,
    b.place,
    b.value_text AS quote,
    b.quarter,
    b.measure,
    json_object('value_text', b.value_text, 'old_value', a.value_text, 'old_quarter', a.quarter) AS detail
FROM built.latest AS b
INNER JOIN built.latest AS a
    ON a.council IS NOT DISTINCT FROM b.council
    AND a.lineage = b.lineage
    AND a.measure_id = b.measure_id
    AND a.part IS NOT DISTINCT FROM b.part
    AND a.financial_year = b.financial_year
    AND a.quarter = b.quarter - 1
WHERE b.measure_kind = 'cumulative' AND b.value < a.value AND a.unit IS NOT DISTINCT FROM b.unit
