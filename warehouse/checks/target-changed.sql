-- A target that reads differently from the one of an earlier quarter of the same year.
WITH told AS (
    SELECT
        *,
        lag({value: target_value, unit: target_unit, text: target_text, status: target_status, quarter: reported_quarter}) OVER (
            PARTITION BY council, lineage, measure_id, part, financial_year, document_role
            ORDER BY reported_period, document_id
        ) AS old
    FROM built.lines
    WHERE is_current AND copy_no = 1 AND reported_period IS NOT NULL AND target_text IS NOT NULL
)

SELECT
    document_id,
    coalesce(target_place, place) AS place,
    target_text AS quote,
    reported_quarter AS quarter,
    measure,
    json_object('old_target', old.text, 'new_target', target_text, 'old_quarter', old.quarter) AS detail
FROM told
WHERE speaks
    AND says(old.value, old.status)
    AND (target_value IS DISTINCT FROM old.value OR (target_value IS NULL AND plain(target_text) != plain(old.text)))
