-- An index on days alone drew reports of one organization to it, which then read everybody's days. This one, of a few
-- pages, serves what is asked of all customers together, and is too coarse to be chosen for one.
drop index usage_days_by_day;
create index usage_days_by_day on usage_days using brin (day) with (pages_per_range = 32, autosummarize = on);
