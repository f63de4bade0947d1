-- The findings of the reading and of the checks, with what the rule says about them and the waivers in force.
-- built.findings is filled after the checks have run.
CREATE TABLE built.findings (
    document_id VARCHAR,
    rule VARCHAR,
    place VARCHAR,
    quote VARCHAR,
    quarter INTEGER,
    measure VARCHAR,
    detail JSON,
    found_by VARCHAR
);
COMMENT ON TABLE built.findings IS 'Findings of the reading of documents and of the checks of the warehouse';

CREATE MACRO waives(its_path, path, its_place, place, its_measure, measure) AS
    coalesce(its_path = path, its_path IS NULL)
    AND coalesce(its_place = place, its_place IS NULL)
    AND coalesce(plain(its_measure) = plain(measure), its_measure IS NULL);
COMMENT ON MACRO waives IS 'Whether a waiver speaks of a finding of its rule: what the waiver leaves open holds for all';

-- Example: SELECT severity, rule, place, message FROM findings WHERE NOT waived ORDER BY ALL
CREATE VIEW findings AS
WITH filled AS (
    SELECT
        f.*,
        d.document_path AS path_of_document,
        d.council AS council_of_document,
        d.directorate AS directorate_of_document,
        d.financial_year AS year_of_document,
        d.is_current AS current_document,
        -- a file that could not be read is no current document, and nothing waits more for somebody
        coalesce(d.is_replaced, FALSE) AS replaced_document,
        coalesce(d.document_path, f.detail ->> 'document_path', f.detail ->> 'path') AS path
    FROM built.findings AS f
    LEFT JOIN built.documents AS d USING (document_id)
),

waived AS (
    SELECT f.*, w.until, w.why AS waived_why, w.decided_by AS waived_by
    FROM filled AS f
    LEFT JOIN codes.waivers AS w
        ON f.rule = w.rule
        AND waives(w.document_path, f.path, w.place, f.place, w.measure, f.measure)
        AND w.until >= (SELECT r.as_of FROM built.run AS r)
    QUALIFY row_number() OVER (
        PARTITION BY f.document_id, f.rule, f.place, f.quote, f.quarter, f.measure, f.detail::VARCHAR, f.path
        ORDER BY w.until DESC NULLS LAST, w.decided_on DESC
    ) = 1
)

SELECT
    w.rule,
    coalesce(r.severity, 'warning') AS severity,
    coalesce(r.dimension, 'validity') AS dimension,
    w.path AS document_path,
    coalesce(w.directorate_of_document, w.detail ->> 'directorate') AS directorate,
    coalesce(w.year_of_document, w.detail ->> 'financial_year') AS financial_year,
    w.quarter,
    w.measure,
    w.place,
    w.quote,
    fill(
        coalesce(r.message, 'The rule “' || w.rule || '” is not described in the list of rules. {quote} {place}'),
        json_merge_patch(
            json_object(
                'quote', coalesce(w.quote, ''), 'place', coalesce(w.place, ''), 'measure', coalesce(w.measure, w.quote, ''),
                'quarter', w.quarter, 'document_path', coalesce(w.path, '')
            ),
            coalesce(w.detail, '{}')
        )
    ) AS message,
    coalesce(r.advice, 'Describe the rule in schemas/codes/rules.csv.') AS advice,
    w.document_id,
    w.current_document AS is_current,
    w.found_by,
    coalesce(w.council_of_document, w.detail ->> 'council') AS council,
    w.until IS NOT NULL AS waived,
    w.until AS waived_until,
    w.waived_by,
    w.waived_why,
    w.until IS NULL AND NOT w.replaced_document AS is_open,
    w.detail
FROM waived AS w
LEFT JOIN codes.rules AS r USING (rule);
COMMENT ON VIEW findings IS 'One row per finding of the reading and of the checks: what is wrong, where, how much it matters, and what to do';

-- Example: SELECT rule, document_path, until, state, findings, why, decided_by FROM waivers ORDER BY ALL
CREATE VIEW waivers AS
SELECT
    w.rule,
    w.document_path,
    w.place,
    w.measure,
    w.until,
    CASE
        WHEN w.until < r.as_of THEN 'expired'
        WHEN count(f.rule) = 0 THEN 'matches no finding'
        ELSE 'in force'
    END AS state,
    count(f.rule) AS findings,
    w.why,
    w.decided_by,
    w.decided_on
FROM codes.waivers AS w
CROSS JOIN built.run AS r
LEFT JOIN findings AS f
    ON w.rule = f.rule AND waives(w.document_path, f.document_path, w.place, f.place, w.measure, f.measure)
GROUP BY w.rule, w.document_path, w.place, w.measure, w.until, r.as_of, w.why, w.decided_by, w.decided_on;
COMMENT ON VIEW waivers IS 'Every line of raw/waivers.csv with the findings that it speaks of';
COMMENT ON COLUMN waivers.state IS 'in force; expired; matches no finding (a rule, path or place that is written wrongly, or a finding that is gone)';
COMMENT ON COLUMN waivers.findings IS 'Findings that the waiver speaks of';
