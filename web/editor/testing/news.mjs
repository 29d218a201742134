// Made-up news in English and Persian for the mock server.

const people = [["Leila Karimi", "لیلا کریمی"], ["Omid Farahani", "امید فراهانی"], ["Sara Whitmore", "سارا ویتمور"], ["Daniel Okafor", "دنیل اوکافور"], ["Parvin Sohrabi", "پروین سهرابی"]];
const places = [["the northern port", "بندر شمالی"], ["Shiraz", "شیراز"], ["the old town hall", "ساختمان قدیمی شهرداری"], ["Geneva", "ژنو"], ["the border village", "روستای مرزی"]];
const groups = [["the River Workers’ Union", "اتحادیهٔ کارگران رودخانه"], ["the Lawyers’ Circle", "حلقهٔ وکلا"], ["the Teachers’ Council", "شورای معلمان"]];

const sentences = [
  (p, q, g, n) => [`${p[0]} told reporters in ${q[0]} that ${n} families were still waiting for an answer.`, `${p[1]} در ${q[1]} به خبرنگاران گفت که ${fa(n)} خانواده هنوز منتظر پاسخ هستند.`],
  (p, q, g) => [`A spokesperson for ${g[0]} called the decision “unacceptable”.`, `سخنگوی ${g[1]} این تصمیم را «پذیرفتنی نیست» خواند.`],
  (p, q, g, n) => [`The court will meet again on ${n % 28 + 1} March.`, `دادگاه بار دیگر در ${fa(n % 28 + 1)} مارس تشکیل می‌شود.`],
  (p, q) => [`Why was nobody in ${q[0]} warned?`, `چرا به هیچ‌کس در ${q[1]} هشدار داده نشد؟`],
  (p, q, g, n) => [`According to ${g[0]}, prices in ${q[0]} rose by ${n % 60 + 3}% within a year, while wages stayed where they were; ${p[0]} described the mood in the markets as tense and said that many shopkeepers had closed early for the third week in a row.`, `به گفتهٔ ${g[1]}، قیمت‌ها در ${q[1]} ظرف یک سال ${fa(n % 60 + 3)}٪ بالا رفت، در حالی که دستمزدها تغییری نکرد؛ ${p[1]} فضای بازار را متشنج توصیف کرد و گفت بسیاری از مغازه‌داران برای سومین هفتهٔ پیاپی زودتر تعطیل کرده‌اند.`],
  (p) => [`${p[0]} did not reply to a request for comment.`, `${p[1]} به درخواست برای اظهار نظر پاسخ نداد.`],
  () => ["This story is being updated.", "این خبر در حال به‌روزرسانی است."],
];

export const fa = (n) => new Intl.NumberFormat("fa").format(n);

/** The i-th sentence as [English, Persian]; the same for every call. */
export function sentence(i) {
  const pick = (list, salt) => list[(i * 7 + salt * 3 + Math.floor(i / 5)) % list.length];
  return pick(sentences, 0)(pick(people, 1), pick(places, 2), pick(groups, 3), (i * 37) % 900 + 12);
}

const code = (pos, kind, id, type) => ({ pos, kind, id, type, data: kind === "close" ? "</x>" : "<x>" });

/** A content with a bold pair around the third word, and sometimes a note at the end. */
export function withCodes(text, note) {
  const words = text.split(" ");
  const start = words.slice(0, 2).join(" ").length + 1;
  const end = start + (words[2] ?? "").length;
  const codes = words.length > 3 ? [code(start, "open", 1, "bold"), code(end, "close", 1, "bold")] : [];
  if (note) codes.push(code(text.length, "alone", 2, "note"));
  return { text, codes };
}

export const plain = (text) => ({ text, codes: [] });
