-- The export knows only the day of the answer, which may begin before the contact was answered.
SELECT
  source_file,
  source_row,
  'ecommerce' AS source,
  "Unique id" || ':csat' AS response_id,
  "Unique id" AS interaction_id,
  Survey_response_Date AS offered_at,
  Survey_response_Date AS responded_at,
  'five_point' AS scale,
  "CSAT Score" AS score
FROM contacts
