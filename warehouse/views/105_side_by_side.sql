-- Measures side by side, within a council or over councils: what several report, and what belongs to more than one
-- directorate. Only figures in the unit that most use are ranked.
CREATE MACRO built.side_by_side(over_councils) AS TABLE
    WITH placed AS (
        SELECT *, if(over_councils, NULL, council) AS compared_within
        FROM built.latest
        WHERE NOT over_councils OR council IS NOT NULL
    ),

    shared AS (
        SELECT
            compared_within,
            measure_id,
            part,
            period,
            mode(coalesce(unit, '') ORDER BY coalesce(unit, '')) FILTER (WHERE value IS NOT NULL) AS common_unit
        FROM placed
        GROUP BY ALL
        HAVING if(
            over_councils,
            count(DISTINCT council) > 1,
            bool_or(scope != 'directorate') OR count(DISTINCT directorate) > 1
        )
    ),

    marked AS (
        SELECT p.*, p.value IS NOT NULL AND coalesce(p.unit, '') = s.common_unit AS comparable
        FROM placed AS p
        INNER JOIN shared AS s
            ON p.compared_within IS NOT DISTINCT FROM s.compared_within
            AND p.measure_id = s.measure_id
            AND p.part IS NOT DISTINCT FROM s.part
            AND p.period = s.period
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
                    PARTITION BY compared_within, measure_id, part, period, comparable
                    ORDER BY if(polarity = 'lower', value, -value)
                )
        END AS place_among,
        document_role,
        document_path,
        place
    FROM marked
    WINDOW w AS (PARTITION BY compared_within, measure_id, part, period)
    ORDER BY council, measure_id, part, period, directorate;
COMMENT ON MACRO TABLE built.side_by_side IS 'One measure side by side: within each council, or over all councils';
