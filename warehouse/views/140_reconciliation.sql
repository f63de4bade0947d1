-- Scorecard against return of the same directorate and period: results, targets, ratings and narratives, cell by cell.
CREATE TABLE built.reconciliation AS
WITH pairs AS (
    SELECT s.council, s.directorate, s.financial_year, s.reported_quarter, s.document_id AS scorecard_id, r.document_id AS return_id
    FROM built.documents AS s
    INNER JOIN built.documents AS r
        ON s.council IS NOT DISTINCT FROM r.council
        AND s.lineage = r.lineage
        AND s.reported_period = r.reported_period
    WHERE s.is_current AND r.is_current AND s.document_role = 'scorecard' AND r.document_role = 'return'
),

cells AS (
    SELECT
        document_id, 'result' AS field, measure_id, coalesce(part, '') AS part, period, measure, tolerance,
        value, digits, unit, value_status AS status, value_text AS said, place
    FROM built.results
    WHERE copy_no = 1
    UNION ALL
    SELECT
        document_id, 'target', measure_id, coalesce(part, ''), NULL, measure, tolerance,
        target_value, NULL, target_unit, target_status, target_text, target_place
    FROM built.lines
    WHERE copy_no = 1 AND target_text IS NOT NULL
    UNION ALL
    SELECT document_id, 'rag', measure_id, '', NULL, measure, NULL, NULL, NULL, NULL, 'text', rag, place
    FROM built.lines
    WHERE copy_no = 1 AND is_first_part AND rag IS NOT NULL
    UNION ALL
    SELECT document_id, 'comments', measure_id, '', NULL, measure, NULL, NULL, NULL, NULL, 'text', comments, place
    FROM built.lines
    WHERE copy_no = 1 AND is_first_part AND comments IS NOT NULL
    UNION ALL
    SELECT document_id, 'rag', plain(priority), '', NULL, priority, NULL, NULL, NULL, NULL, 'text', rag, coalesce(rag_place, place)
    FROM built.priorities
    WHERE rag IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY document_id, plain(priority) ORDER BY priority_no) = 1
    UNION ALL
    SELECT
        document_id, 'progress summary', plain(priority), '', NULL, priority, NULL, NULL, NULL, NULL, 'text',
        progress_summary, coalesce(progress_summary_place, place)
    FROM built.priorities
    WHERE progress_summary IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY document_id, plain(priority) ORDER BY priority_no) = 1
),

-- Ratings and narratives are compared only where both documents give any.
fields AS (
    SELECT document_id, field FROM cells GROUP BY ALL
),

asked AS (
    SELECT p.*, a.field
    FROM pairs AS p
    INNER JOIN fields AS a ON p.scorecard_id = a.document_id
    LEFT JOIN fields AS b ON p.return_id = b.document_id AND a.field = b.field
    WHERE b.field IS NOT NULL OR a.field = 'result'
    UNION
    SELECT p.*, 'result' FROM pairs AS p INNER JOIN fields AS b ON p.return_id = b.document_id AND b.field = 'result'
),

published AS (
    SELECT a.*, c.* EXCLUDE (document_id, field)
    FROM asked AS a INNER JOIN cells AS c ON a.scorecard_id = c.document_id AND a.field = c.field
),

returned AS (
    SELECT a.*, c.* EXCLUDE (document_id, field)
    FROM asked AS a INNER JOIN cells AS c ON a.return_id = c.document_id AND a.field = c.field
),

side_by_side AS (
    SELECT
        coalesce(s.council, r.council) AS council,
        coalesce(s.directorate, r.directorate) AS directorate,
        coalesce(s.financial_year, r.financial_year) AS reported_year,
        coalesce(s.reported_quarter, r.reported_quarter) AS reported_quarter,
        coalesce(s.scorecard_id, r.scorecard_id) AS scorecard_id,
        coalesce(s.return_id, r.return_id) AS return_id,
        coalesce(s.field, r.field) AS field,
        coalesce(s.measure_id, r.measure_id) AS measure_id,
        coalesce(s.measure, r.measure) AS measure,
        nullif(coalesce(s.part, r.part), '') AS part,
        coalesce(s.period, r.period) AS period,
        coalesce(s.tolerance, r.tolerance, 0) AS tolerance,
        s.measure_id IS NOT NULL AS in_scorecard,
        r.measure_id IS NOT NULL AS in_return,
        {value: s.value, digits: s.digits, unit: s.unit, status: s.status, said: s.said, place: s.place} AS s,
        {value: r.value, digits: r.digits, unit: r.unit, status: r.status, said: r.said, place: r.place} AS r
    FROM published AS s
    FULL JOIN returned AS r
        ON s.scorecard_id = r.scorecard_id
        AND s.return_id = r.return_id
        AND s.field = r.field
        AND s.measure_id = r.measure_id
        AND s.part = r.part
        AND s.period IS NOT DISTINCT FROM r.period
),

-- Decimals that both print: the coarser of the two is what rounding may explain.
measured AS (
    SELECT
        *,
        least(
            len(regexp_extract(coalesce(nullif(s.digits, ''), s.value::VARCHAR), '\.(\d*[1-9]|\d+$)', 1)),
            len(regexp_extract(coalesce(nullif(r.digits, ''), r.value::VARCHAR), '\.(\d*[1-9]|\d+$)', 1))
        ) AS decimals,
        s.unit IS NOT NULL AND r.unit IS NOT NULL AND s.unit != r.unit AS units_differ,
        CASE WHEN least(abs(s.value), abs(r.value)) > 0 THEN greatest(abs(s.value), abs(r.value)) / least(abs(s.value), abs(r.value)) END AS ratio
    FROM side_by_side
)

SELECT
    m.council,
    m.directorate,
    coalesce(period_year(m.period), m.reported_year) AS financial_year,
    period_quarter(m.period) AS quarter,
    m.measure,
    m.measure_id,
    m.part,
    m.field,
    CASE
        WHEN NOT m.in_return THEN 'only in the scorecard'
        WHEN NOT m.in_scorecard THEN 'only in the return'
        WHEN m.s.value IS NULL AND m.r.value IS NULL THEN
            CASE
                WHEN plain(m.s.said) = plain(m.r.said) THEN 'same'
                WHEN NOT says(NULL, m.s.status) AND NOT says(NULL, m.r.status) THEN 'text only'
                WHEN m.field IN ('progress summary', 'comments') THEN 'text only'
                ELSE 'different'
            END
        WHEN m.s.value IS NULL OR m.r.value IS NULL THEN 'different'
        WHEN m.units_differ THEN 'unit'
        WHEN m.s.value = m.r.value AND m.s.status IS NOT DISTINCT FROM m.r.status THEN 'same'
        WHEN m.s.value = m.r.value THEN 'text only'
        WHEN abs(m.s.value - m.r.value) <= m.tolerance + 1e-9 THEN 'rounding'
        WHEN abs(m.s.value - m.r.value) <= 0.5 * power(10, -m.decimals) + 1e-9 THEN 'rounding'
        WHEN (m.s.unit IS NULL OR m.r.unit IS NULL) AND m.s.value * m.r.value > 0
            AND list_contains([100, 1000, 1000000], round(m.ratio, 9)) THEN 'unit'
        ELSE 'different'
    END AS status,
    m.s.said AS scorecard_text,
    m.r.said AS return_text,
    m.s.value AS scorecard_value,
    m.r.value AS return_value,
    round(m.r.value - m.s.value, 10) AS difference,
    m.s.unit AS scorecard_unit,
    m.r.unit AS return_unit,
    a.document_path AS scorecard_path,
    b.document_path AS return_path,
    m.s.place AS scorecard_place,
    m.r.place AS return_place,
    m.reported_year,
    m.reported_quarter,
    m.scorecard_id,
    m.return_id
FROM measured AS m
INNER JOIN built.documents AS a ON m.scorecard_id = a.document_id
INNER JOIN built.documents AS b ON m.return_id = b.document_id
ORDER BY m.council, m.directorate, m.reported_year, m.reported_quarter, m.measure_id, m.part, m.field, m.period;
COMMENT ON TABLE built.reconciliation IS 'Scorecard against return, cell by cell';
COMMENT ON COLUMN built.reconciliation.status IS 'same, rounding, unit, text only, different, only in the scorecard, only in the return';
COMMENT ON COLUMN built.reconciliation.field IS 'What is compared: result, target, rag, progress summary or comments';

-- Example: SELECT status, count(*) AS cells FROM reconciliation GROUP BY status ORDER BY status
CREATE VIEW reconciliation AS
SELECT * EXCLUDE (scorecard_id, return_id) FROM built.reconciliation;
COMMENT ON VIEW reconciliation IS 'Scorecard against return of the same directorate and period, cell by cell: same, rounding, unit, text only, different, only in the scorecard, only in the return';
COMMENT ON COLUMN reconciliation.status IS 'same, rounding, unit, text only, different, only in the scorecard, only in the return';
COMMENT ON COLUMN reconciliation.field IS 'What is compared: result, target, rag, progress summary or comments';
