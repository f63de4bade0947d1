-- Example: SELECT priority, rag, portfolio FROM priorities WHERE directorate = 'CAP' AND is_current ORDER BY ALL
CREATE VIEW priorities AS
SELECT
    p.document_id,
    d.document_path,
    d.directorate,
    d.financial_year,
    d.reported_quarter,
    p.section,
    p.priority,
    p.progress_summary,
    p.rag,
    p.rag_text,
    p.rag_source,
    p.portfolio,
    p.place,
    p.priority_no,
    p.rag_place,
    p.rag_corrected_to,
    p.portfolio_place,
    p.progress_summary_place,
    d.document_role,
    d.council,
    d.revision,
    d.is_current
FROM built.priorities AS p
INNER JOIN built.documents AS d USING (document_id);
COMMENT ON VIEW priorities IS 'One row per document and priority: its progress summary, its RAG rating as stated, its portfolio. Documents that were replaced stay, with is_current false; for ratings over the quarters ask rag_history';

-- Example: SELECT directorate, financial_year, quarter, red, amber, green, not_rated FROM rag_matrix ORDER BY ALL
CREATE VIEW rag_matrix AS
WITH
of_priorities AS (
    SELECT
        document_id,
        count(*) FILTER (WHERE rag = 'Red') AS red,
        count(*) FILTER (WHERE rag = 'Amber') AS amber,
        count(*) FILTER (WHERE rag = 'Green') AS green,
        count(*) FILTER (WHERE rag = 'Blue') AS blue,
        count(*) FILTER (WHERE rag IS NULL) AS not_rated,
        count(*) AS priorities
    FROM built.priorities
    GROUP BY document_id
),

of_measures AS (
    SELECT
        document_id,
        count(*) FILTER (WHERE rag = 'Red') AS measures_red,
        count(*) FILTER (WHERE rag = 'Amber') AS measures_amber,
        count(*) FILTER (WHERE rag = 'Green') AS measures_green,
        count(*) FILTER (WHERE rag = 'Blue') AS measures_blue
    FROM built.lines
    WHERE is_first_part
    GROUP BY document_id
)

SELECT
    d.council,
    d.directorate,
    d.financial_year,
    d.reported_quarter AS quarter,
    coalesce(p.red, 0) AS red,
    coalesce(p.amber, 0) AS amber,
    coalesce(p.green, 0) AS green,
    coalesce(p.blue, 0) AS blue,
    coalesce(p.not_rated, 0) AS not_rated,
    coalesce(p.priorities, 0) AS priorities,
    coalesce(m.measures_red, 0) AS measures_red,
    coalesce(m.measures_amber, 0) AS measures_amber,
    coalesce(m.measures_green, 0) AS measures_green,
    coalesce(m.measures_blue, 0) AS measures_blue,
    d.document_path
FROM built.documents AS d
LEFT JOIN of_priorities AS p USING (document_id)
LEFT JOIN of_measures AS m USING (document_id)
WHERE d.is_current AND d.document_role = 'scorecard';
COMMENT ON VIEW rag_matrix IS 'Directorate by period: how many priorities (and measures) the current scorecard rates red, amber, green, blue or not at all';
