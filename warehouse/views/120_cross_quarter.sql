-- The year of a measure in one row, with the direction of travel short (the quarter before) and long (the year before).
CREATE TABLE built.cross_quarter AS
WITH breaks AS (
    SELECT measure_id, council, directorate, period_no(financial_year, quarter) AS period, why FROM codes.series_breaks
),

keys AS (
    SELECT council, lineage, measure_id, part, financial_year FROM built.latest
    UNION
    SELECT council, lineage, measure_id, part, financial_year
    FROM built.lines
    WHERE is_current AND directorate IS NOT NULL AND financial_year IS NOT NULL AND document_role IS NOT NULL
),

wording AS (
    SELECT
        council,
        lineage,
        measure_id,
        part,
        financial_year,
        arg_max(
            {
                directorate: directorate, section: section, priority: priority, measure: measure, target_text: target_text,
                target_value: target_value, target_unit: target_unit, polarity: polarity, kind: measure_kind
            },
            (document_role = 'scorecard', coalesce(reported_period, 0), revision, document_id)
        ) AS line
    FROM built.lines
    WHERE is_current AND copy_no = 1
    GROUP BY ALL
),

-- An earlier year that a document also tells has no lines of its own: the words are those of its results.
years AS (
    SELECT
        council,
        lineage,
        measure_id,
        part,
        financial_year,
        any_value(value) FILTER (WHERE quarter = 1) AS q1,
        any_value(value) FILTER (WHERE quarter = 2) AS q2,
        any_value(value) FILTER (WHERE quarter = 3) AS q3,
        any_value(value) FILTER (WHERE quarter = 4) AS q4,
        any_value(value_text) FILTER (WHERE quarter = 1) AS q1_text,
        any_value(value_text) FILTER (WHERE quarter = 2) AS q2_text,
        any_value(value_text) FILTER (WHERE quarter = 3) AS q3_text,
        any_value(value_text) FILTER (WHERE quarter = 4) AS q4_text,
        arg_max({period: period, value: value, unit: unit}, period) FILTER (WHERE value IS NOT NULL) AS now,
        arg_max(
            {
                directorate: directorate, section: section, priority: priority, measure: measure, target_text: target_text,
                target_value: target_value, target_unit: target_unit, polarity: polarity, kind: measure_kind
            },
            period
        ) AS line
    FROM built.latest
    GROUP BY ALL
),

joined AS (
    SELECT
        k.council,
        k.lineage,
        k.measure_id,
        k.part,
        k.financial_year,
        y.* EXCLUDE (council, lineage, measure_id, part, financial_year, line),
        coalesce(w.line, y.line) AS line
    FROM keys AS k
    LEFT JOIN years AS y
        ON k.council IS NOT DISTINCT FROM y.council
        AND k.lineage = y.lineage
        AND k.measure_id = y.measure_id
        AND k.part IS NOT DISTINCT FROM y.part
        AND k.financial_year = y.financial_year
    LEFT JOIN wording AS w
        ON k.council IS NOT DISTINCT FROM w.council
        AND k.lineage = w.lineage
        AND k.measure_id = w.measure_id
        AND k.part IS NOT DISTINCT FROM w.part
        AND k.financial_year = w.financial_year
),

-- The earlier figures to compare with; one across a break in the series, or in another unit, is none.
earlier AS (
    SELECT
        j.*,
        if(s.unit IS NOT DISTINCT FROM j.now.unit AND j.line.kind IS DISTINCT FROM 'cumulative', s.value, NULL) AS short_value,
        if(l.unit IS NOT DISTINCT FROM j.now.unit, l.value, NULL) AS long_value,
        (
            SELECT max(b.period)
            FROM breaks AS b
            WHERE b.measure_id = j.measure_id
                AND (b.directorate IS NULL OR b.directorate = j.line.directorate)
                AND (b.council IS NULL OR b.council = j.council)
                AND b.period <= j.now.period
        ) AS break_period
    FROM joined AS j
    LEFT JOIN built.latest AS s
        ON j.council IS NOT DISTINCT FROM s.council
        AND j.lineage = s.lineage
        AND j.measure_id = s.measure_id
        AND j.part IS NOT DISTINCT FROM s.part
        AND j.now.period - 1 = s.period
    LEFT JOIN built.latest AS l
        ON j.council IS NOT DISTINCT FROM l.council
        AND j.lineage = l.lineage
        AND j.measure_id = l.measure_id
        AND j.part IS NOT DISTINCT FROM l.part
        AND j.now.period - 4 = l.period
),

compared AS (
    SELECT
        * REPLACE (
            if(break_period > now.period - 1, NULL, short_value) AS short_value,
            if(break_period > now.period - 4, NULL, long_value) AS long_value
        )
    FROM earlier
)

SELECT
    council,
    line.directorate AS directorate,
    line.section AS section,
    line.priority AS priority,
    line.measure AS measure,
    measure_id,
    part,
    financial_year,
    q1,
    q2,
    q3,
    q4,
    line.target_text AS target_text,
    line.target_value AS target_value,
    period_quarter(now.period) AS latest_quarter,
    now.value AS latest_value,
    now.unit AS unit,
    round(now.value - short_value, 10) AS change,
    direction(now.value, short_value, line.target_value, line.polarity) AS direction_of_travel,
    round(now.value - long_value, 10) AS change_on_year,
    direction(now.value, long_value, line.target_value, line.polarity) AS direction_on_year,
    line.polarity AS polarity,
    line.kind AS measure_kind,
    if(break_period > now.period - 4, period_year(break_period) || ' Q' || period_quarter(break_period), NULL) AS series_break,
    q1_text,
    q2_text,
    q3_text,
    q4_text,
    CASE WHEN short_value != 0 THEN round(100 * (now.value - short_value) / abs(short_value), 2) END AS change_percent,
    meets(
        now.value, now.unit, line.target_value, line.target_unit, line.polarity,
        line.kind = 'cumulative' AND period_quarter(now.period) < 4
    ) AS target_met
FROM compared
ORDER BY council, directorate, financial_year, measure_id, part;
COMMENT ON TABLE built.cross_quarter IS 'The year of a measure in one row';

-- Example: SELECT measure, part, q1, q2, q3, q4, target_text, direction_of_travel FROM cross_quarter WHERE directorate = 'CAP' ORDER BY ALL
CREATE VIEW cross_quarter AS
SELECT * FROM built.cross_quarter;
COMMENT ON VIEW cross_quarter IS 'One row per directorate, measure, part and financial year: the four quarters, the target, the change and the direction of travel';
