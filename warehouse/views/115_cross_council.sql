-- One measure side by side over councils: only what carries one identity in several of them.
-- Example: SELECT measure, council, directorate, financial_year, quarter, value_text, lowest, highest, place_among FROM cross_council ORDER BY ALL
CREATE VIEW cross_council AS
SELECT * FROM built.side_by_side(TRUE);
COMMENT ON VIEW cross_council IS 'One measure side by side over councils: every council and directorate that reports it, per period, with the lowest, highest and middle figure; all other views compare within one council';
