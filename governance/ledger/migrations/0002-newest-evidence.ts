/**
 * Frozen. Old evidence may not move the level in force: reviews are opened in the order of their months, and no
 * expansion is decided on a month when the review of a later one has been opened.
 */
export const newestEvidence = {
  name: '0002-newest-evidence',
  sql: `
CREATE TRIGGER reviews_in_order BEFORE INSERT ON reviews
WHEN EXISTS (SELECT 1 FROM reviews r WHERE r.review_month > NEW.review_month)
BEGIN SELECT RAISE(ABORT, 'the review of a later month was opened already'); END;

CREATE TRIGGER decisions_expand_on_newest_evidence BEFORE INSERT ON decisions
WHEN NEW.kind = 'cycle' AND NEW.action = 'expand'
  AND EXISTS (SELECT 1 FROM reviews r WHERE r.review_month > NEW.review_month)
BEGIN SELECT RAISE(ABORT, 'an expansion rests on the newest month under review'); END;
`,
}
