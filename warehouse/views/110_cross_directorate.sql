-- One measure side by side: what every directorate reports, and what belongs to several of them.
CREATE TABLE built.cross_directorate AS
SELECT * FROM built.side_by_side(FALSE);
COMMENT ON TABLE built.cross_directorate IS 'Measures that several directorates report, side by side';

-- Example: SELECT measure, directorate, financial_year, quarter, value_text, lowest, highest FROM cross_directorate ORDER BY ALL
CREATE VIEW cross_directorate AS
SELECT * FROM built.cross_directorate;
COMMENT ON VIEW cross_directorate IS 'One measure side by side: every directorate that reports it, per period, with the lowest, highest and middle figure; corporate measures stand here even when only one directorate reported';
