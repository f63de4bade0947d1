-- Ratings by declared, dated rules, beside the stated ones, which always stay.
CREATE MACRO shortfall_of(figure, target, method, polarity) AS
    round(
        CASE polarity WHEN 'higher' THEN target - figure WHEN 'lower' THEN figure - target ELSE abs(figure - target) END
        * CASE
            WHEN method = 'variance' THEN 100 / nullif(abs(target), 0)
            -- 'As near to the target as can be' has no limit on one side: its thresholds are distances.
            WHEN method = 'points' OR polarity = 'on target' THEN 1
        END,
        9
    );
COMMENT ON MACRO shortfall_of IS 'How far a figure falls short of its target, in percent of it or in its unit; none where the rule sets limits for the figure itself';

CREATE MACRO rating_of(figure, target, method, polarity, green, amber) AS
    CASE
        WHEN method != 'threshold' OR polarity = 'on target' THEN
            CASE
                WHEN shortfall_of(figure, target, method, polarity) <= green THEN 'Green'
                WHEN shortfall_of(figure, target, method, polarity) <= amber THEN 'Amber'
                WHEN shortfall_of(figure, target, method, polarity) > amber THEN 'Red'
            END
        WHEN polarity = 'lower' THEN if(figure <= green, 'Green', if(figure <= amber, 'Amber', 'Red'))
        ELSE if(figure >= green, 'Green', if(figure >= amber, 'Amber', 'Red'))
    END;
COMMENT ON MACRO rating_of IS 'The rating that a rule gives for a figure';

-- 80% may have been 80.4% before it was printed; five visits were five.
CREATE MACRO lost_by_rounding(digits, unit) AS
    CASE
        WHEN unit = 'percent' OR contains(digits, '.') THEN 0.5 * power(10, -len(regexp_extract(digits, '\.(\d+)', 1)))
        ELSE 0
    END;
COMMENT ON MACRO lost_by_rounding IS 'How far a printed figure may stand from the one that was rated';

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
        coalesce(lost_by_rounding(r.digits, r.unit), 0) AS lost,
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
    rating_of(value, target_value, method, polarity, green_limit, amber_limit) AS computed,
    rating_of(value - lost, target_value, method, polarity, green_limit, amber_limit) AS computed_if_less,
    rating_of(value + lost, target_value, method, polarity, green_limit, amber_limit) AS computed_if_more,
    shortfall_of(value, target_value, method, polarity) AS shortfall,
    rule_version,
    polarity,
    is_current,
    speaks,
    if(measure_rag IS NOT NULL, coalesce(measure_rag_place, place), coalesce(rag_place, place)) AS place
FROM ruled;
COMMENT ON VIEW computed_ratings IS 'The RAG rating that the declared rule of that time gives for a result, beside the stated one; empty as long as codes.rag_rules declares none';
