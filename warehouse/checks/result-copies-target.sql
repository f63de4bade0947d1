-- A result that is exactly its target quarter after quarter. 0 and 100 are often reached exactly and are not meant, nor
-- are small counts ('three meetings a quarter') and measures taken once or twice a year.
WITH runs AS (
    SELECT
        *,
        period - row_number() OVER (PARTITION BY council, lineage, measure_id, part ORDER BY period) AS run,
        max(period) OVER (PARTITION BY council, lineage, measure_id, part) AS newest
    FROM built.latest
    ANTI JOIN (SELECT measure_id FROM codes.measures WHERE frequency IN ('annual', 'half-yearly')) AS k USING (measure_id)
    WHERE value = target_value
        AND value NOT IN (0, 100)
        AND NOT is_small_count(value, unit)
        AND comparator IS NULL
        AND measure_kind IS DISTINCT FROM 'cumulative'
)

SELECT
    arg_max(document_id, period) AS document_id,
    arg_max(place, period) AS place,
    arg_max(value_text, period) AS quote,
    arg_max(quarter, period) AS quarter,
    arg_max(measure, period) AS measure,
    json_object('value_text', arg_max(value_text, period), 'times', count(*)) AS detail
FROM runs
GROUP BY council, lineage, measure_id, part, run, newest
HAVING count(*) >= 3 AND max(period) = newest
