-- No result for the third quarter running, although one was due each time.
WITH missing AS (
    SELECT
        *,
        period - row_number() OVER (PARTITION BY council, lineage, measure_id, part ORDER BY period) AS run,
        max(period) OVER (PARTITION BY council, lineage, measure_id, part) AS newest_missing
    FROM built.latest
    WHERE value IS NULL AND value_status IN ('not_available', 'awaited', 'none') AND period <= reported_period
),

newest AS (
    SELECT council, lineage, measure_id, part, max(period) AS newest FROM built.latest GROUP BY ALL
)

SELECT
    arg_max(m.document_id, m.period) AS document_id,
    arg_max(m.place, m.period) AS place,
    arg_max(m.value_text, m.period) AS quote,
    arg_max(m.quarter, m.period) AS quarter,
    arg_max(m.measure, m.period) AS measure,
    json_object('times', count(*), 'value_text', arg_max(m.value_text, m.period)) AS detail
FROM missing AS m
INNER JOIN newest AS n
    ON m.council IS NOT DISTINCT FROM n.council
    AND m.lineage = n.lineage
    AND m.measure_id = n.measure_id
    AND m.part IS NOT DISTINCT FROM n.part
ANTI JOIN (SELECT measure_id FROM codes.measures WHERE frequency IN ('annual', 'half-yearly')) AS k ON m.measure_id = k.measure_id
GROUP BY m.council, m.lineage, m.measure_id, m.part, m.run, m.newest_missing, n.newest
HAVING count(*) >= 3 AND max(m.period) = n.newest
