-- What came and went between one scorecard of a directorate and its next.
CREATE TABLE built.measure_changes AS
WITH reports AS (
    SELECT
        document_id,
        council,
        directorate,
        lineage,
        document_role,
        reported_period,
        lag(document_id) OVER w AS before_id,
        lag(reported_period) OVER w AS before_period
    FROM built.documents
    WHERE is_current AND document_role = 'scorecard' AND reported_period IS NOT NULL AND directorate IS NOT NULL
    WINDOW w AS (PARTITION BY council, lineage ORDER BY reported_period)
),

listed AS (
    SELECT document_id, measure_id, min(measure) AS measure, min(priority) AS priority, min(place) AS place
    FROM built.lines
    GROUP BY document_id, measure_id
),

gone AS (
    SELECT r.*, l.measure_id, l.measure, l.priority, NULL AS place, 'dropped' AS change
    FROM reports AS r
    INNER JOIN listed AS l ON r.before_id = l.document_id
    ANTI JOIN listed AS n ON r.document_id = n.document_id AND l.measure_id = n.measure_id
),

new AS (
    SELECT r.*, l.measure_id, l.measure, l.priority, l.place, 'new' AS change
    FROM reports AS r
    INNER JOIN listed AS l ON r.document_id = l.document_id
    ANTI JOIN listed AS o ON r.before_id = o.document_id AND l.measure_id = o.measure_id
    WHERE r.before_id IS NOT NULL
),

-- One dropped and one new measure under the same priority: probably one replaced the other.
swapped AS (
    SELECT g.document_id, plain(g.priority) AS priority, min(g.measure_id) AS old_id, min(n.measure_id) AS new_id, min(n.measure) AS new_measure
    FROM gone AS g
    INNER JOIN new AS n ON g.document_id = n.document_id AND plain(g.priority) = plain(n.priority)
    GROUP BY ALL
    HAVING count(DISTINCT g.measure_id) = 1 AND count(DISTINCT n.measure_id) = 1
),

last_known AS (
    SELECT council, lineage, measure_id, arg_max(value_text, (period, part)) AS last_value, period_year(max(period)) || ' Q' || period_quarter(max(period)) AS last_period
    FROM built.latest
    WHERE says(value, value_status)
    GROUP BY ALL
)

SELECT
    c.council,
    c.directorate,
    period_year(c.reported_period) AS financial_year,
    period_quarter(c.reported_period) AS quarter,
    if(s.old_id IS NOT NULL AND c.change = 'dropped', 'replaced', c.change) AS change,
    c.measure,
    c.measure_id,
    c.priority,
    if(c.change = 'dropped', s.new_measure, NULL) AS replaced_by,
    k.last_value,
    k.last_period,
    period_year(c.before_period) AS old_year,
    period_quarter(c.before_period) AS old_quarter,
    c.document_id,
    c.place
FROM (FROM gone UNION ALL FROM new) AS c
LEFT JOIN swapped AS s
    ON c.document_id = s.document_id AND plain(c.priority) = s.priority AND c.measure_id IN (s.old_id, s.new_id)
LEFT JOIN last_known AS k
    ON c.council IS NOT DISTINCT FROM k.council AND c.lineage = k.lineage AND c.measure_id = k.measure_id
ORDER BY c.council, c.directorate, c.reported_period, change, c.measure_id;
COMMENT ON TABLE built.measure_changes IS 'Measures dropped, new or replaced';

-- Example: SELECT directorate, financial_year, quarter, change, measure, last_value FROM measure_changes ORDER BY ALL
CREATE VIEW measure_changes AS
SELECT * FROM built.measure_changes;
COMMENT ON VIEW measure_changes IS 'Measures dropped, new or replaced from one scorecard of a directorate to the next, each with the last value known';

-- Example: SELECT directorate, measure, value_text, twin, twin_value_text FROM near_twins ORDER BY ALL
CREATE VIEW near_twins AS
SELECT
    a.council,
    a.directorate,
    a.financial_year,
    a.quarter,
    t.measure,
    t.measure_id,
    t.scope,
    t.value_text,
    t.value,
    a.measure AS twin,
    a.measure_id AS twin_id,
    a.scope AS twin_scope,
    a.value_text AS twin_value_text,
    a.value AS twin_value,
    t.document_path,
    t.place,
    a.document_path AS twin_path,
    a.place AS twin_place
FROM built.latest AS t
INNER JOIN codes.measures AS k ON t.measure_id = k.measure_id
INNER JOIN built.latest AS a
    ON k.twin_of = a.measure_id
    AND t.council IS NOT DISTINCT FROM a.council
    AND t.lineage = a.lineage
    AND t.part IS NOT DISTINCT FROM a.part
    AND t.period = a.period;
COMMENT ON VIEW near_twins IS 'Figures that are close in meaning but not the same, declared in measures.csv (twin_of): side by side, not judged';

-- Example: SELECT measure_id, name, unit, polarity, basis FROM measure_proposals ORDER BY ALL
CREATE VIEW measure_proposals AS
WITH seen AS (
    SELECT
        measure_id,
        arg_max(measure, (coalesce(reported_period, 0), document_id, measure)) AS name,
        mode(polarity ORDER BY polarity) AS stated_polarity,
        mode(owner ORDER BY owner) AS owner,
        min(scope) AS scope
    FROM built.lines
    GROUP BY measure_id
),

figures AS (
    SELECT
        measure_id,
        mode(unit ORDER BY unit) AS unit,
        -- Quarters of whole years: those of which the fourth is told as well.
        count(DISTINCT financial_year) FILTER (WHERE quarter = 4) AS years,
        list_sort(list(DISTINCT quarter)) AS quarters
    FROM built.latest
    WHERE value IS NOT NULL
    GROUP BY measure_id
),

-- A count from April grows within every year and begins anew in the next: two years tell, with three steps at least.
steps AS (
    SELECT
        b.measure_id,
        bool_and(if(b.quarter = 1, b.value < a.value / 2, b.value >= a.value)) AS grows_and_falls,
        count(*) FILTER (WHERE b.quarter = 1) AS beginnings,
        count(*) FILTER (WHERE b.quarter > 1 AND b.value > a.value) AS rises
    FROM built.latest AS b
    INNER JOIN built.latest AS a
        ON b.council IS NOT DISTINCT FROM a.council
        AND b.lineage = a.lineage
        AND b.measure_id = a.measure_id
        AND b.part IS NOT DISTINCT FROM a.part
        AND b.period = a.period + 1
        AND b.unit IS NOT DISTINCT FROM a.unit
    WHERE a.value IS NOT NULL AND b.value IS NOT NULL
    GROUP BY b.measure_id
),

-- What scorecard and return were found to differ by through rounding alone.
rounded AS (
    SELECT measure_id, max(abs(difference)) AS tolerance
    FROM built.reconciliation
    WHERE field = 'result' AND status = 'rounding'
    GROUP BY measure_id
)

SELECT
    s.measure_id,
    s.name,
    s.scope,
    f.unit,
    coalesce(
        s.stated_polarity,
        CASE
            WHEN regexp_matches(lower(s.name), '^(increase|improve|raise|grow|maximise|more)\b') THEN 'higher'
            WHEN regexp_matches(lower(s.name), '^(reduce|decrease|lower|minimise|cut|fewer)\b') THEN 'lower'
        END
    ) AS polarity,
    CASE
        WHEN f.years >= 1 AND len(f.quarters) = 4 THEN 'quarterly'
        WHEN f.years >= 2 AND f.quarters = [2, 4] THEN 'half-yearly'
        WHEN f.years >= 2 AND len(f.quarters) = 1 THEN 'annual'
    END AS frequency,
    CASE
        WHEN regexp_matches(lower(s.name), '\b(since april|year to date|ytd|cumulative)\b') THEN 'cumulative'
        WHEN p.grows_and_falls AND p.beginnings >= 1 AND p.rises >= 3 THEN 'cumulative'
        WHEN f.unit = 'percent' OR regexp_matches(lower(s.name), '\b(average|percentage|proportion|rate)\b') THEN 'snapshot'
    END AS kind,
    r.tolerance,
    NULL::VARCHAR AS twin_of,
    s.owner,
    if(s.stated_polarity IS NOT NULL, 'stated', 'inferred') AS basis,
    NULL::VARCHAR AS decided_by,
    NULL::VARCHAR AS decided_on
FROM seen AS s
LEFT JOIN figures AS f USING (measure_id)
LEFT JOIN steps AS p USING (measure_id)
LEFT JOIN rounded AS r USING (measure_id)
ANTI JOIN codes.measures AS k USING (measure_id);
COMMENT ON VIEW measure_proposals IS 'Measures that the dictionary measures.csv does not know yet, as lines to confirm and paste: unit, frequency and kind from the figures, polarity from the printed words or the first word of the wording, tolerance from what rounding explained';
COMMENT ON COLUMN measure_proposals.kind IS 'cumulative where the wording says so or the figures grow through each year and begin anew, snapshot for percentages and averages; flow (quarters add up) only a person can say';
