-- One measure side by side: what every directorate reports, and what belongs to several of them.
CREATE TABLE built.cross_directorate AS
WITH shared AS (
    SELECT council, measure_id, part, period
    FROM built.latest
    GROUP BY ALL
    HAVING bool_or(scope != 'directorate') OR count(DISTINCT directorate) > 1
),

side_by_side AS (
    SELECT l.*
    FROM built.latest AS l
    SEMI JOIN shared AS s
        ON l.council IS NOT DISTINCT FROM s.council
        AND l.measure_id = s.measure_id
        AND l.part IS NOT DISTINCT FROM s.part
        AND l.period = s.period
),

-- Only figures in the unit that most directorates use are ranked.
units AS (
    SELECT council, measure_id, part, period, mode(coalesce(unit, '') ORDER BY coalesce(unit, '')) AS common_unit
    FROM side_by_side
    WHERE value IS NOT NULL
    GROUP BY ALL
),

marked AS (
    SELECT s.*, s.value IS NOT NULL AND coalesce(s.unit, '') = u.common_unit AS comparable
    FROM side_by_side AS s
    LEFT JOIN units AS u
        ON s.council IS NOT DISTINCT FROM u.council
        AND s.measure_id = u.measure_id
        AND s.part IS NOT DISTINCT FROM u.part
        AND s.period = u.period
)

SELECT
    council,
    measure_id,
    measure,
    part,
    financial_year,
    quarter,
    directorate,
    value_text,
    value,
    unit,
    value_status,
    target_text,
    target_value,
    polarity,
    scope,
    comparable,
    count(*) OVER w AS directorates,
    count(*) FILTER (WHERE comparable) OVER w AS directorates_with_figure,
    min(value) FILTER (WHERE comparable) OVER w AS lowest,
    max(value) FILTER (WHERE comparable) OVER w AS highest,
    median(value) FILTER (WHERE comparable) OVER w AS middle,
    CASE
        WHEN comparable AND polarity IN ('higher', 'lower') THEN
            rank() OVER (
                PARTITION BY council, measure_id, part, period, comparable
                ORDER BY if(polarity = 'lower', value, -value)
            )
    END AS place_among,
    document_role,
    document_path,
    place
FROM marked
WINDOW w AS (PARTITION BY council, measure_id, part, period)
ORDER BY council, measure_id, part, period, directorate;
COMMENT ON TABLE built.cross_directorate IS 'Measures that several directorates report, side by side';

-- Example: SELECT measure, directorate, financial_year, quarter, value_text, lowest, highest FROM cross_directorate ORDER BY ALL
CREATE VIEW cross_directorate AS
SELECT * FROM built.cross_directorate;
COMMENT ON VIEW cross_directorate IS 'One measure side by side: every directorate that reports it, per period, with the lowest, highest and middle figure; corporate measures stand here even when only one directorate reported';
