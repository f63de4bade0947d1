-- The same figure quarter after quarter, where it is not the target: was it brought up to date? A measure taken once or
-- twice a year is printed again until the next; three children a quarter are no sign; '<10%' is no figure that stands.
WITH runs AS (
    SELECT
        *,
        period - row_number() OVER (PARTITION BY council, lineage, measure_id, part, value ORDER BY period) AS run,
        max(period) OVER (PARTITION BY council, lineage, measure_id, part) AS newest
    FROM built.latest
    ANTI JOIN (SELECT measure_id FROM codes.measures WHERE frequency IN ('annual', 'half-yearly')) AS k USING (measure_id)
    WHERE value IS DISTINCT FROM target_value
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
GROUP BY council, lineage, measure_id, part, value, run, newest
HAVING count(*) >= 4 AND max(period) = newest
