-- A figure about ten or a hundred times its steady history (at least two earlier figures of the last two years).
-- Whole numbers below ten jump of themselves (two outbreaks, then sixteen).
-- A measure that has been at or below nought, or should be at nought, as a variation from a budget, has no scale.
-- What is high in one quarter of every year (gritting, Christmas trees) shows in its first year as well: without the
-- same quarter of the year before, the target has to say that the usual scale is the right one.
WITH known AS (
    SELECT council, lineage, measure_id, part, period, value, unit, value_text, measure, document_id, place, quarter, target_value
    FROM built.latest
    WHERE value IS NOT NULL AND measure_kind IS DISTINCT FROM 'cumulative' AND target_value IS DISTINCT FROM 0
),

compared AS (
    SELECT
        *,
        median(value) OVER w AS usual,
        min(value) OVER w AS lowest,
        max(value) OVER w AS highest,
        count(*) OVER w AS earlier,
        list_contains(list(period) OVER w, period - 4) AS a_year_known,
        bool_and(is_small_count(value, unit)) OVER w AS small
    FROM known
    WINDOW w AS (
        PARTITION BY council, lineage, measure_id, part, unit
        ORDER BY period RANGE BETWEEN 8 PRECEDING AND 1 PRECEDING
    )
),

scaled AS (
    SELECT *, greatest(value / usual, usual / value) AS factor
    FROM compared
    WHERE earlier >= 2 AND NOT small AND lowest > 0 AND value > 0 AND highest <= 2 * lowest
)

SELECT
    document_id,
    place,
    value_text AS quote,
    quarter,
    measure,
    json_object(
        'value_text', value_text, 'usual', round(usual, 2), 'factor', if(value > usual, '', '1/') || if(factor < 30, '10', '100')
    ) AS detail
FROM scaled
WHERE (factor BETWEEN 8 AND 12.5 OR factor BETWEEN 80 AND 125)
    AND (
        a_year_known
        OR (
            target_value > 0
            AND greatest(target_value / usual, usual / target_value) < greatest(target_value / value, value / target_value)
        )
    )
