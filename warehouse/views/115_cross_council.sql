-- One measure side by side over councils: only what carries one identity in several of them.
-- Example: SELECT measure, council, directorate, financial_year, quarter, value_text, lowest, highest, place_among FROM cross_council ORDER BY ALL
CREATE VIEW cross_council AS
WITH shared AS (
    SELECT measure_id, part, period
    FROM built.latest
    GROUP BY ALL
    HAVING count(DISTINCT council) > 1
),

side_by_side AS (
    SELECT l.*
    FROM built.latest AS l
    SEMI JOIN shared AS s
        ON l.measure_id = s.measure_id
        AND l.part IS NOT DISTINCT FROM s.part
        AND l.period = s.period
    WHERE l.council IS NOT NULL
),

-- Only figures in the unit that most use are ranked.
units AS (
    SELECT measure_id, part, period, mode(coalesce(unit, '') ORDER BY coalesce(unit, '')) AS common_unit
    FROM side_by_side
    WHERE value IS NOT NULL
    GROUP BY ALL
),

marked AS (
    SELECT s.*, s.value IS NOT NULL AND coalesce(s.unit, '') = u.common_unit AS comparable
    FROM side_by_side AS s
    LEFT JOIN units AS u
        ON s.measure_id = u.measure_id
        AND s.part IS NOT DISTINCT FROM u.part
        AND s.period = u.period
)

SELECT
    measure_id,
    measure,
    part,
    financial_year,
    quarter,
    council,
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
    min(value) FILTER (WHERE comparable) OVER w AS lowest,
    max(value) FILTER (WHERE comparable) OVER w AS highest,
    median(value) FILTER (WHERE comparable) OVER w AS middle,
    CASE
        WHEN comparable AND polarity IN ('higher', 'lower') THEN
            rank() OVER (
                PARTITION BY measure_id, part, period, comparable
                ORDER BY if(polarity = 'lower', value, -value)
            )
    END AS place_among,
    document_role,
    document_path,
    place
FROM marked
WINDOW w AS (PARTITION BY measure_id, part, period);
COMMENT ON VIEW cross_council IS 'One measure side by side over councils: every council and directorate that reports it, per period, with the lowest, highest and middle figure; all other views compare within one council';
