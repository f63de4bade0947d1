-- Renamed, merged and split directorates: every earlier and later name of each.
CREATE TABLE built.names AS
WITH RECURSIVE links AS (
    SELECT DISTINCT council, what, old AS name, new AS other, 'later' AS relation FROM codes.directorate_history WHERE old != new
    UNION
    SELECT DISTINCT council, what, new, old, 'earlier' FROM codes.directorate_history WHERE old != new
),

reached AS (
    SELECT *, [name, other] AS path FROM links
    UNION ALL
    -- A line without a council holds for all, so a line of one council goes on where it ends.
    SELECT coalesce(r.council, l.council), r.what, r.name, l.other, r.relation, list_append(r.path, l.other)
    FROM reached AS r
    INNER JOIN links AS l
        ON r.what = l.what AND r.relation = l.relation AND r.other = l.name
        AND (r.council IS NULL OR l.council IS NULL OR r.council = l.council)
    WHERE NOT list_contains(r.path, l.other)
)

SELECT DISTINCT council, what, name, other, relation FROM reached;
COMMENT ON TABLE built.names IS 'Every earlier and later name of a directorate or portfolio';

-- Example: SELECT shown_as, directorate, measure, financial_year, quarter, value_text FROM history('CAP') ORDER BY ALL
CREATE MACRO history(name_asked) AS TABLE
    SELECT name_asked AS shown_as, l.*
    FROM latest_results AS l
    WHERE l.directorate = name_asked
        OR EXISTS (
            SELECT 1 FROM built.names AS n
            WHERE n.what = 'directorate' AND n.name = name_asked AND n.other = l.directorate
                AND (n.council IS NULL OR n.council = l.council)
        );
COMMENT ON MACRO TABLE history IS 'latest_results of a directorate under this name and under every earlier and later one; the column directorate keeps the name of the time';

-- Example: SELECT shown_as, portfolio, financial_year, reported_quarter, priority, rag FROM portfolio_history('Leader') ORDER BY ALL
CREATE MACRO portfolio_history(name_asked) AS TABLE
    SELECT name_asked AS shown_as, p.*
    FROM priorities AS p
    WHERE p.is_current
        AND (
            plain(p.portfolio) = plain(name_asked)
            OR EXISTS (
                SELECT 1 FROM built.names AS n
                WHERE n.what = 'portfolio' AND plain(n.name) = plain(name_asked) AND plain(n.other) = plain(p.portfolio)
                    AND (n.council IS NULL OR n.council = p.council)
            )
        );
COMMENT ON MACRO TABLE portfolio_history IS 'The priorities of an executive portfolio under this name and under every earlier and later one; the column portfolio keeps the name of the time';

-- Example: SELECT measure, quarter, value_text, document_path FROM as_at('2012-12-31') ORDER BY ALL
CREATE MACRO as_at(day) AS TABLE
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
    FROM built.known_by(coalesce(day::DATE, 'infinity'::DATE));
COMMENT ON MACRO TABLE as_at IS 'latest_results as they were believed on a day: only documents known and corrections decided by then, and the revisions current then';

-- Example: SELECT directorate, measure, financial_year, quarter, text_then, text_now FROM changed_since('2012-12-31') ORDER BY ALL
CREATE MACRO changed_since(day) AS TABLE
    SELECT
        n.council,
        n.directorate,
        n.measure,
        n.measure_id,
        n.part,
        n.financial_year,
        n.quarter,
        t.value_text AS text_then,
        n.value_text AS text_now,
        t.value AS value_then,
        n.value AS value_now,
        n.corrected_to,
        t.document_path AS document_path_then,
        t.place AS place_then,
        n.document_path AS document_path_now,
        n.place AS place_now
    FROM built.latest AS n
    INNER JOIN built.known_by(day::DATE) AS t
        ON n.council IS NOT DISTINCT FROM t.council
        AND n.lineage = t.lineage
        AND n.measure_id = t.measure_id
        AND n.part IS NOT DISTINCT FROM t.part
        AND n.period = t.period
    WHERE n.value IS DISTINCT FROM t.value
        OR n.unit IS DISTINCT FROM t.unit
        OR (n.value IS NULL AND plain(n.value_text) != plain(t.value_text));
COMMENT ON MACRO TABLE changed_since IS 'Every result that is believed to be something else today than on that day: both figures and where each stands';
