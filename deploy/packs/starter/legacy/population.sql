-- Stand-in of the population register of public security. Invented people, valid check digits.
CREATE TABLE czrk (gmsfhm TEXT PRIMARY KEY, xm TEXT, xb TEXT, csrq TEXT, mz TEXT, zz TEXT, gxsj TEXT);
INSERT INTO czrk VALUES
  ('440305199003071236', '陈晓明', '1', '1990-03-07', '01', '广东省深圳市南山区演示路1号', '2026-10-01'),
  ('44030519850615432X', '李思远', '2', '1985-06-15', '01', '广东省深圳市南山区演示路2号', '2026-10-01'),
  ('440305197901014568', '林一鸣', '1', '1979-01-01', '01', '广东省深圳市南山区演示路3号', '2026-10-01'),
  ('440305198809091119', '陈大年', '1', '1988-09-09', '01', '广东省深圳市南山区演示路1号', '2026-10-01');
