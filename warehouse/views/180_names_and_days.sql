-- Renamed, merged and split directorates: every earlier and later name of each.
CREATE TABLE built.names AS
WITH RECURSIVE links AS (
    SELECT DISTINCT what, old, new FROM codes.directorate_history WHERE old != new
),

earlier AS (
    SELECT what, new AS name, old AS other, [new, old] AS path FROM links
    UNION ALL
    SELECT e.what, e.name, l.old, list_append(e.path, l.old)
    FROM earlier AS e INNER JOIN links AS l ON e.what = l.what AND e.other = l.new
    WHERE NOT list_contains(e.path, l.old)
),

later AS (
    SELECT what, old AS name, new AS other, [old, new] AS path FROM links
    UNION ALL
    SELECT e.what, e.name, l.new, list_append(e.path, l.new)
    FROM later AS e INNER JOIN links AS l ON e.what = l.what AND e.other = l.old
    WHERE NOT list_contains(e.path, l.new)
)

SELECT DISTINCT what, name, other, 'earlier' AS relation FROM earlier
UNION
SELECT DISTINCT what, name, other, 'later' AS relation FROM later;
COMMENT ON TABLE built.names IS 'Every earlier and later name of a directorate or portfolio';

-- Example: SELECT shown_as, directorate, measure, financial_year, quarter, value_text FROM history('CAP') ORDER BY ALL
CREATE MACRO history(name_asked) AS TABLE
    SELECT name_asked AS shown_as, l.*
    FROM latest_results AS l
    WHERE l.directorate = name_asked
        OR l.directorate IN (
            SELECT n.other FROM built.names AS n WHERE n.what = 'directorate' AND n.name = name_asked
        );
COMMENT ON MACRO TABLE history IS 'latest_results of a directorate under this name and under every earlier and later one; the column directorate keeps the name of the time';

-- Example: SELECT shown_as, portfolio, financial_year, reported_quarter, priority, rag FROM portfolio_history('Leader') ORDER BY ALL
CREATE MACRO portfolio_history(name_asked) AS TABLE
    SELECT name_asked AS shown_as, p.*
    FROM priorities AS p
    WHERE p.is_current
        AND (
            plain(p.portfolio) = plain(name_asked)
            OR plain(p.portfolio) IN (
                SELECT plain(n.other) FROM built.names AS n WHERE n.what = 'portfolio' AND plain(n.name) = plain(name_asked)
            )
        );
COMMENT ON MACRO TABLE portfolio_history IS 'The priorities of an executive portfolio under this name and under every earlier and later one; the column portfolio keeps the name of the time';

-- Example: SELECT measure, quarter, value_text, document_path FROM as_at('2012-12-31') ORDER BY ALL
CREATE MACRO as_at(day) AS TABLE
    WITH known AS (
        SELECT r.* REPLACE (
            if(r.corrected_on > day::DATE, r.printed_value, r.value) AS value,
            if(r.corrected_on > day::DATE, r.printed_unit, r.unit) AS unit,
            if(r.corrected_on > day::DATE, r.printed_status, r.value_status) AS value_status
        )
        FROM built.results AS r
        INNER JOIN built.documents AS d USING (document_id)
        WHERE r.known_on <= day::DATE AND d.status = 'read'
            AND r.copy_no = 1 AND r.directorate IS NOT NULL
            AND r.document_role IS NOT NULL AND r.period IS NOT NULL
    ),

    -- A revision that was not known yet replaces nothing.
    current_then AS (
        SELECT *
        FROM known
        QUALIFY revision = max(revision) OVER (PARTITION BY council, lineage, reported_period, document_role)
    ),

    newest AS (
        SELECT *
        FROM current_then
        QUALIFY row_number() OVER (
            PARTITION BY council, lineage, measure_id, part, period, document_role
            ORDER BY reported_period DESC NULLS LAST, known_on DESC NULLS LAST, document_id
        ) = 1
    ),

    ranked AS (
        SELECT n.*, s.rank AS source_rank
        FROM newest AS n
        INNER JOIN built.source_ranks AS s
            ON n.document_role = s.document_role
            AND n.measure_id = s.measure_id
            AND n.council IS NOT DISTINCT FROM s.council
            AND n.directorate = s.directorate
    )

    SELECT
        council,
        directorate,
        measure,
        measure_id,
        part,
        financial_year,
        quarter,
        value_text,
        value,
        unit,
        value_status,
        target_text,
        target_value,
        document_role,
        document_path,
        place,
        known_on
    FROM ranked
    QUALIFY row_number() OVER (
        PARTITION BY council, lineage, measure_id, part, period
        ORDER BY says(value, value_status) DESC, source_rank, reported_period DESC NULLS LAST, document_role, document_id
    ) = 1;
COMMENT ON MACRO TABLE as_at IS 'latest_results as they were believed on a day: only documents known and corrections decided by then, and the revisions current then';
