// The files of a drop, folders opened to the bottom. A name that occurs twice gets the name of its folder before it.
const MOST = 1000;

const filed = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));
const listed = (reader) => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

async function walk(entry, found) {
  if (found.length > MOST || entry.name.startsWith(".")) return;
  if (entry.isFile) {
    found.push([entry.fullPath, await filed(entry)]);
    return;
  }
  const reader = entry.createReader();
  for (let batch = await listed(reader); batch.length; batch = await listed(reader)) {
    for (const each of batch) await walk(each, found);
  }
}

export async function filesOf(transfer) {
  const plain = [...transfer.files]; // read now: both lists are emptied when the event is over
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return plain;
  const found = [];
  for (const entry of entries) await walk(entry, found);
  const names = found.map(([, file]) => file.name);
  return found.map(([path, file]) => {
    if (names.indexOf(file.name) === names.lastIndexOf(file.name)) return file;
    return new File([file], path.split("/").filter(Boolean).slice(-2).join("-"), { type: file.type });
  });
}
