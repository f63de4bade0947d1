-- Example: SELECT document_path, cells, values_read, furniture, unclaimed FROM coverage ORDER BY ALL
CREATE VIEW coverage AS
WITH counted AS (
    SELECT
        document_id,
        count(*) AS cells,
        count(*) FILTER (WHERE claim = 'value') AS values_read,
        count(*) FILTER (WHERE claim = 'heading') AS headings,
        count(*) FILTER (WHERE claim = 'furniture') AS furniture,
        count(*) FILTER (WHERE claim = 'finding') AS findings,
        count(*) FILTER (WHERE claim = 'finding' AND meaning IN ('cell-unread', 'words-unclaimed')) AS unclaimed,
        sum(words)::BIGINT AS words,
        count(*) FILTER (WHERE hidden) AS hidden_cells
    FROM readings.cells
    GROUP BY document_id
)

SELECT
    d.document_id,
    d.document_path,
    d.document_role,
    d.council,
    d.directorate,
    d.financial_year,
    d.reported_quarter,
    d.status,
    coalesce(c.cells, 0) AS cells,
    coalesce(c.values_read, 0) AS values_read,
    coalesce(c.headings, 0) AS headings,
    coalesce(c.furniture, 0) AS furniture,
    coalesce(c.findings, 0) AS findings,
    coalesce(c.unclaimed, 0) AS unclaimed,
    coalesce(c.words, 0) AS words,
    coalesce(c.hidden_cells, 0) AS hidden_cells
FROM built.documents AS d
LEFT JOIN counted AS c USING (document_id);
COMMENT ON VIEW coverage IS 'The ledger counted: what became of every non-blank cell of each document; unclaimed is 0 when every cell was understood or reported by name';
COMMENT ON COLUMN coverage.findings IS 'Cells that became a finding';
