-- What is due by the register, what came, and what came without being in the register.
-- Example: SELECT directorate, document_role, financial_year, quarter, state, days_late FROM expected_returns ORDER BY ALL
CREATE VIEW expected_returns AS
WITH newest AS (
    SELECT max(reported_period) AS period FROM built.documents
),

-- A line that names no council holds for every council with such a directorate.
councils AS (
    SELECT DISTINCT council, directorate FROM built.documents WHERE directorate IS NOT NULL
),

due AS (
    SELECT
        coalesce(e.council, c.council) AS council,
        e.directorate,
        e.document_role,
        unnest(
            range(
                period_no(e.from_year, e.from_quarter),
                coalesce(period_no(e.to_year, coalesce(e.to_quarter, 4)), n.period, 0) + 1
            )
        ) AS period,
        e.days_after_quarter
    FROM codes.expected AS e
    CROSS JOIN newest AS n
    LEFT JOIN councils AS c ON e.council IS NULL AND e.directorate = c.directorate
),

due_once AS (
    SELECT council, directorate, document_role, period, min(days_after_quarter) AS days_after_quarter FROM due GROUP BY ALL
),

came AS (
    SELECT
        council,
        directorate,
        document_role,
        reported_period AS period,
        min(received_on) AS received_on,
        arg_min(document_path, revision) AS document_path,
        count(*) AS documents,
        bool_or(status = 'read') AS any_read
    FROM built.documents
    WHERE directorate IS NOT NULL AND document_role IS NOT NULL AND reported_period IS NOT NULL
    GROUP BY ALL
)

SELECT
    coalesce(d.directorate, c.directorate) AS directorate,
    coalesce(d.document_role, c.document_role) AS document_role,
    period_year(coalesce(d.period, c.period)) AS financial_year,
    period_quarter(coalesce(d.period, c.period)) AS quarter,
    d.period IS NOT NULL AS due,
    c.period IS NOT NULL AS received,
    (period_end(d.period) + d.days_after_quarter::INTEGER)::DATE AS due_on,
    c.period IS NULL AND coalesce(due_on >= r.as_of, false) AS not_due_yet,
    c.period IS NULL AND NOT not_due_yet AS missing,
    c.received_on,
    CASE WHEN c.received_on <= due_on THEN 0 ELSE c.received_on - due_on END AS days_late,
    CASE
        WHEN not_due_yet THEN 'not due yet'
        WHEN c.period IS NULL THEN 'missing'
        WHEN NOT c.any_read THEN 'received, not read'
        WHEN d.period IS NULL THEN 'received, not in the register'
        WHEN days_late > 0 THEN 'late'
        WHEN c.received_on IS NULL THEN 'received, day not known'
        ELSE 'received'
    END AS state,
    c.document_path,
    coalesce(c.documents, 0) AS documents,
    coalesce(d.council, c.council) AS council
FROM due_once AS d
FULL JOIN came AS c
    ON d.council IS NOT DISTINCT FROM c.council
    AND d.directorate = c.directorate
    AND d.document_role = c.document_role
    AND d.period = c.period
CROSS JOIN built.run AS r
-- A register that reaches into the years to come asks for nothing before its quarter is over.
WHERE c.period IS NOT NULL OR period_end(d.period) < r.as_of;
COMMENT ON VIEW expected_returns IS 'What the register says is due, per directorate, role and period: received, missing, how many days late';
