-- Ratings by declared, dated rules, beside the stated ones, which always stay.
-- Example: SELECT measure, stated, computed, rule_version FROM computed_ratings ORDER BY ALL
CREATE VIEW computed_ratings AS
WITH figures AS (
    SELECT
        r.document_id,
        r.document_path,
        r.council,
        r.directorate,
        r.financial_year,
        r.quarter,
        r.reported_period,
        r.is_current,
        r.speaks,
        r.priority_no,
        r.priority,
        r.measure,
        r.measure_id,
        r.part,
        r.value,
        r.value_text,
        r.target_value,
        r.target_text,
        r.polarity,
        r.rag AS measure_rag,
        r.rag_place AS measure_rag_place,
        p.rag AS priority_rag,
        coalesce(p.rag_place, p.place) AS rag_place,
        r.place
    FROM built.results AS r
    LEFT JOIN built.priorities AS p ON r.document_id = p.document_id AND r.priority_no = p.priority_no
    WHERE r.period = r.reported_period
        AND r.value IS NOT NULL
        -- A count from April stands against the year's target: it can be judged when the year is over.
        AND (r.measure_kind IS DISTINCT FROM 'cumulative' OR r.quarter = 4)
        AND (r.unit IS NULL OR r.target_unit IS NULL OR r.unit = r.target_unit)
),

ruled AS (
    SELECT
        f.* EXCLUDE (polarity),
        x.rule_version,
        x.method,
        x.green AS green_limit,
        x.amber AS amber_limit,
        coalesce(x.polarity, f.polarity) AS polarity
    FROM figures AS f
    INNER JOIN codes.rag_rules AS x
        ON (x.council IS NULL OR x.council = f.council)
        AND (x.measure_id IS NULL OR x.measure_id = f.measure_id)
        AND (x.from_year IS NULL OR f.reported_period >= period_no(x.from_year, coalesce(x.from_quarter, 1)))
        AND (x.to_year IS NULL OR f.reported_period <= period_no(x.to_year, coalesce(x.to_quarter, 4)))
    WHERE coalesce(x.polarity, f.polarity) IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY f.document_id, f.measure_id, f.part, f.place
        ORDER BY x.measure_id NULLS LAST, x.council NULLS LAST, x.from_year DESC NULLS LAST, x.from_quarter DESC, x.rule_version
    ) = 1
),

measured AS (
    SELECT
        *,
        CASE polarity
            WHEN 'higher' THEN target_value - value
            WHEN 'lower' THEN value - target_value
            ELSE abs(value - target_value)
        END AS short_by
    FROM ruled
),

scored AS (
    SELECT
        *,
        round(
            CASE
                WHEN method = 'variance' THEN 100 * short_by / nullif(abs(target_value), 0)
                -- 'As near to the target as can be' has no limit on one side: its thresholds are distances.
                WHEN method = 'points' OR polarity = 'on target' THEN short_by
            END,
            9
        ) AS shortfall
    FROM measured
)

SELECT
    document_id,
    document_path,
    council,
    directorate,
    financial_year,
    quarter,
    priority_no,
    priority,
    measure,
    measure_id,
    part,
    value_text,
    target_text,
    coalesce(measure_rag, priority_rag) AS stated,
    if(measure_rag IS NOT NULL, 'measure', 'priority') AS stated_for,
    CASE
        WHEN method != 'threshold' OR polarity = 'on target' THEN
            CASE WHEN shortfall IS NULL THEN NULL WHEN shortfall <= green_limit THEN 'Green' WHEN shortfall <= amber_limit THEN 'Amber' ELSE 'Red' END
        WHEN polarity = 'lower' THEN
            CASE WHEN value <= green_limit THEN 'Green' WHEN value <= amber_limit THEN 'Amber' ELSE 'Red' END
        ELSE CASE WHEN value >= green_limit THEN 'Green' WHEN value >= amber_limit THEN 'Amber' ELSE 'Red' END
    END AS computed,
    shortfall,
    rule_version,
    polarity,
    is_current,
    speaks,
    if(measure_rag IS NOT NULL, coalesce(measure_rag_place, place), coalesce(rag_place, place)) AS place
FROM scored;
COMMENT ON VIEW computed_ratings IS 'The RAG rating that the declared rule of that time gives for a result, beside the stated one; empty as long as codes.rag_rules declares none';
