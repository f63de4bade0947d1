-- Ratings from quarter to quarter: of priorities, and of measures that have a rating of their own.
-- Example: SELECT directorate, priority, rag, quarters_running FROM rag_history WHERE is_newest AND rag = 'Red' ORDER BY ALL
CREATE VIEW rag_history AS
WITH rated AS (
    SELECT
        d.council, d.lineage, d.directorate, d.reported_period AS period, d.document_path, 'priority' AS rating_of,
        p.section, p.priority, NULL AS measure, NULL AS measure_id, p.portfolio, p.rag, p.progress_summary,
        coalesce(p.rag_place, p.place) AS place, plain(concat_ws(' ', p.section, p.priority)) AS series
    FROM built.priorities AS p
    INNER JOIN built.documents AS d USING (document_id)
    WHERE d.speaks AND d.reported_period IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY d.document_id, series ORDER BY p.priority_no) = 1
    UNION ALL
    SELECT
        council, lineage, directorate, reported_period, document_path, 'measure',
        section, priority, measure, measure_id, portfolio, rag, comments, coalesce(rag_place, place), measure_id
    FROM built.lines
    WHERE speaks AND is_first_part AND copy_no = 1 AND rag IS NOT NULL AND reported_period IS NOT NULL
),

runs AS (
    SELECT
        *,
        period - row_number() OVER (PARTITION BY council, lineage, rating_of, series, rag ORDER BY period) AS run,
        lag({period: period, rag: rag}) OVER (PARTITION BY council, lineage, rating_of, series ORDER BY period) AS before
    FROM rated
)

SELECT
    council,
    directorate,
    period_year(period) AS financial_year,
    period_quarter(period) AS quarter,
    rating_of,
    section,
    priority,
    measure,
    measure_id,
    rag,
    if(before.period = period - 1, before.rag, NULL) AS rag_before,
    if(
        rag IS NULL, NULL, row_number() OVER (PARTITION BY council, lineage, rating_of, series, rag, run ORDER BY period)
    ) AS quarters_running,
    period = max(period) OVER (PARTITION BY council, lineage)
    AND NOT EXISTS (
        -- What was merged into another directorate, or split up, has no ratings of today.
        SELECT 1 FROM codes.directorate_history AS h
        WHERE h.what = 'directorate' AND h.old = r.directorate AND h.new != h.old AND h.change != 'renamed'
            AND (h.council IS NULL OR h.council = r.council)
    ) AS is_newest,
    portfolio,
    progress_summary,
    document_path,
    place
FROM runs AS r;
COMMENT ON VIEW rag_history IS 'One row per directorate, priority (or measure with a rating of its own) and quarter: the rating, the one of the quarter before, and for how many quarters running it has been the same';
COMMENT ON COLUMN rag_history.rating_of IS 'priority or measure: what is rated';
