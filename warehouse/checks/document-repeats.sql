-- A document whose every result reads as in the document of another period: last quarter's file sent in again.
WITH content AS (
    SELECT
        document_id,
        council,
        lineage,
        document_role,
        reported_period,
        document_path,
        count(*) FILTER (WHERE value IS NOT NULL) AS figures,
        md5(string_agg(concat_ws('|', measure_id, part, period, value_text), chr(10) ORDER BY measure_id, part, period, measure_no)) AS digest
    FROM built.results
    WHERE is_current AND reported_period IS NOT NULL
    GROUP BY ALL
)

SELECT
    b.document_id,
    b.document_path AS quote,
    period_quarter(b.reported_period) AS quarter,
    json_object('same_as', a.document_path, 'figures', b.figures) AS detail
FROM content AS a
INNER JOIN content AS b
    ON a.digest = b.digest AND a.council IS NOT DISTINCT FROM b.council AND a.lineage = b.lineage AND a.document_role = b.document_role AND a.reported_period < b.reported_period
WHERE b.figures >= 3
QUALIFY row_number() OVER (PARTITION BY b.document_id ORDER BY a.reported_period DESC) = 1
