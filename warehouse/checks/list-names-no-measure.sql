-- A line of a code list about a measure that no document and no other list has: it is without effect. An identity
-- with its hash once came from a document; a name that a person chose may wait for one.
WITH named AS (
    SELECT 'series_breaks.csv' AS list, measure_id, directorate FROM codes.series_breaks
    UNION
    SELECT 'rag_rules.csv', measure_id, NULL FROM codes.rag_rules
    UNION
    SELECT 'sources.csv', measure_id, directorate FROM codes.sources
    UNION
    SELECT 'measures.csv', twin_of, NULL FROM codes.measures
    UNION
    SELECT 'measures.csv', measure_id, NULL FROM codes.measures WHERE regexp_matches(measure_id, '-[0-9a-f]{8}$')
),

known AS (
    SELECT measure_id FROM built.wordings
    UNION
    SELECT measure_id FROM codes.wordings
    UNION
    SELECT measure_id FROM codes.measures WHERE NOT regexp_matches(measure_id, '-[0-9a-f]{8}$')
)

SELECT n.measure_id AS quote, json_object('file', n.list, 'measure_id', n.measure_id, 'directorate', n.directorate) AS detail
FROM named AS n
ANTI JOIN known AS k USING (measure_id)
WHERE n.measure_id IS NOT NULL
