-- Year to date against the sum of the quarters, for measures whose quarters add up.
WITH sums AS (
    SELECT document_id, measure_no, part, sum(value) AS total, count(value) AS quarters, any_value(reported_quarter) AS reported_quarter
    FROM built.results
    WHERE measure_kind = 'flow' AND financial_year = document_year AND period <= reported_period
    GROUP BY ALL
)

SELECT
    o.document_id,
    o.place,
    o.value_text AS quote,
    s.reported_quarter AS quarter,
    o.measure,
    json_object('value_text', o.value_text, 'total', round(s.total, 6)) AS detail
FROM readings.other_values AS y
INNER JOIN sums AS s
    ON y.document_id = s.document_id AND y.measure_no = s.measure_no AND y.part IS NOT DISTINCT FROM s.part
INNER JOIN built.documents AS d ON y.document_id = d.document_id
INNER JOIN other_values AS o
    ON y.document_id = o.document_id AND y.place = o.place AND y.field = o.field AND y.part IS NOT DISTINCT FROM o.part
LEFT JOIN codes.measures AS k ON o.measure_id = k.measure_id
WHERE d.speaks
    AND y.field = 'year_to_date'
    AND s.quarters = s.reported_quarter
    AND abs(y.value - s.total) > coalesce(k.tolerance, 0) + 1e-6
