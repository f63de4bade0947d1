-- A target that reads differently from the one of an earlier quarter of the same year. A target that grows with the
-- quarters, as 25%, 50%, 75%, 100% of a programme, is one target told in steps.
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
    AND NOT coalesce(
        measure_kind IS DISTINCT FROM 'snapshot'
        AND abs(target_value * old.quarter - old.value * reported_quarter) <= 0.1 * abs(old.value * reported_quarter), false
    )
    AND (target_value IS DISTINCT FROM old.value OR (target_value IS NULL AND plain(target_text) != plain(old.text)))
