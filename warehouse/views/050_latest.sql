-- Which source counts: for each role, measure and directorate the narrowest line of codes.sources.
CREATE TABLE built.source_ranks AS
SELECT
    l.document_role,
    l.measure_id,
    l.council,
    l.directorate,
    coalesce(arg_min(s.rank, (s.measure_id IS NULL, s.directorate IS NULL, s.council IS NULL)), 99) AS rank
FROM (SELECT DISTINCT document_role, measure_id, council, directorate FROM built.lines) AS l
LEFT JOIN codes.sources AS s
    ON l.document_role = s.document_role
    AND (s.measure_id IS NULL OR s.measure_id = l.measure_id)
    AND (s.directorate IS NULL OR s.directorate = l.directorate)
    AND (s.council IS NULL OR s.council = l.council)
GROUP BY ALL;
COMMENT ON TABLE built.source_ranks IS 'Which source counts for a measure of a directorate: the lowest rank';

-- The value that counts among all documents known by a day (NULL: today). Within one role the newest document counts;
-- between the roles a figure counts before a reason for none, then the declared order of codes.sources, then the newer
-- document. What a document prints as target is the target of its own year, not of an earlier one that it also tells.
-- The windows sort only what they decide by: a third of the time of whole rows at a million results. They part by the
-- financial year as well, which its period decides, so that asking for one year reads one year.
CREATE MACRO built.known_by(day) AS TABLE
    WITH documents_then AS (
        SELECT document_id
        FROM built.documents
        WHERE status = 'read' AND directorate IS NOT NULL AND document_role IS NOT NULL
            AND (day IS NULL OR known_on <= day::DATE)
        -- A revision that was not known yet replaces nothing.
        QUALIFY revision = max(revision) OVER (PARTITION BY council, lineage, reported_period, document_role)
    ),

    newest AS (
        SELECT
            r.rowid AS row_no,
            r.council,
            r.directorate,
            r.lineage,
            r.measure_id,
            r.part,
            r.period,
            r.financial_year,
            r.document_role,
            r.reported_period,
            r.document_id,
            if(
                r.corrected_on > day::DATE, says(r.printed_value, r.printed_status), says(r.value, r.value_status)
            ) AS says_something
        FROM built.results AS r
        SEMI JOIN documents_then AS d ON r.document_id = d.document_id
        WHERE r.copy_no = 1 AND r.period IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY r.council, r.lineage, r.measure_id, r.part, r.financial_year, r.period, r.document_role
            ORDER BY r.reported_period DESC NULLS LAST, r.known_on DESC NULLS LAST, r.document_id
        ) = 1
    ),

    chosen AS (
        SELECT n.row_no, n.council, n.financial_year, s.rank AS source_rank
        FROM newest AS n
        INNER JOIN built.source_ranks AS s
            ON n.document_role = s.document_role
            AND n.measure_id = s.measure_id
            AND n.council IS NOT DISTINCT FROM s.council
            AND n.directorate = s.directorate
        QUALIFY row_number() OVER (
            PARTITION BY n.council, n.lineage, n.measure_id, n.part, n.financial_year, n.period
            ORDER BY n.says_something DESC, s.rank, n.reported_period DESC NULLS LAST, n.document_role, n.document_id
        ) = 1
    )

    SELECT
        r.* REPLACE (
            c.council AS council,
            c.financial_year AS financial_year,
            if(r.corrected_on > day::DATE, r.printed_value, r.value) AS value,
            if(r.corrected_on > day::DATE, r.printed_unit, r.unit) AS unit,
            if(r.corrected_on > day::DATE, r.printed_status, r.value_status) AS value_status,
            if(r.financial_year = r.document_year, r.target_text, NULL) AS target_text,
            if(r.financial_year = r.document_year, r.target_value, NULL) AS target_value,
            if(r.financial_year = r.document_year, r.target_unit, NULL) AS target_unit,
            if(r.financial_year = r.document_year, r.target_status, NULL) AS target_status
        ),
        c.source_rank
    FROM built.results AS r
    INNER JOIN chosen AS c ON r.rowid = c.row_no;
COMMENT ON MACRO TABLE built.known_by IS 'The value that counts among the documents known by a day, or among all: one row per directorate, measure, part and period';

CREATE TABLE built.latest AS
SELECT * FROM built.known_by(NULL)
ORDER BY council, directorate, period, measure_id, part;
COMMENT ON TABLE built.latest IS 'The value to use today: one row per directorate, measure, part and period';

-- Example: SELECT measure, part, quarter, value_text, target_text, document_role FROM latest_results WHERE directorate = 'CAP' AND financial_year = '2012/13' ORDER BY ALL
CREATE VIEW latest_results AS
SELECT
    council,
    directorate,
    section,
    priority,
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
    target_unit,
    document_role,
    document_id,
    document_path,
    place,
    reported_quarter,
    document_year,
    known_on,
    corrected_to,
    corrected_on,
    target_corrected_to,
    polarity,
    scope,
    meets(
        value, unit, target_value, target_unit, polarity, measure_kind = 'cumulative' AND quarter < 4
    ) AS target_met
FROM built.latest;
COMMENT ON VIEW latest_results IS 'The value to use today: one row per directorate, measure, part and period, from the declared source and its newest document';
