import java.io.*;
import java.lang.management.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.apache.lucene.analysis.WhitespaceAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;
import org.apache.lucene.util.Version;

/**
 * Lucene as a peer of the memory. Arguments: a file of units, one line of tokens each, and a folder for the index.
 * Prints the processor time of building it and its size; then, for each line of tokens on the standard input, the
 * processor time of the search in nanoseconds and the numbers of the best fifty units, counted from 0.
 */
public final class Peer {
  private static final int LIMIT = 50;

  public static void main(String[] args) throws Exception {
    BooleanQuery.setMaxClauseCount(10000);
    Directory folder = FSDirectory.open(new File(args[1]));
    build(folder, new File(args[0]));
    System.out.println(processTime() + " " + size(folder));
    IndexSearcher searcher = new IndexSearcher(IndexReader.open(new MMapDirectory(new File(args[1])), true));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      long start = threads.getCurrentThreadCpuTime();
      List<String> ids = search(searcher, line);
      System.out.println(threads.getCurrentThreadCpuTime() - start + " " + String.join(" ", ids));
    }
  }

  private static void build(Directory folder, File units) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(Version.LUCENE_36, new WhitespaceAnalyzer(Version.LUCENE_36));
    config.setRAMBufferSizeMB(128);
    IndexWriter writer = new IndexWriter(folder, config);
    try (BufferedReader in = new BufferedReader(new InputStreamReader(new FileInputStream(units), StandardCharsets.UTF_8))) {
      int id = 0;
      for (String line; (line = in.readLine()) != null; id++) {
        Document document = new Document();
        document.add(new Field("id", Integer.toString(id), Field.Store.YES, Field.Index.NO));
        document.add(new Field("text", line, Field.Store.YES, Field.Index.ANALYZED));
        writer.addDocument(document);
      }
    }
    writer.forceMerge(1);
    writer.close();
  }

  /** One clause for each word, any of which may match; the texts are fetched too, as whoever scores them anew needs them. */
  private static List<String> search(IndexSearcher searcher, String line) throws Exception {
    BooleanQuery query = new BooleanQuery();
    for (String word : new LinkedHashSet<String>(Arrays.asList(line.split(" ")))) {
      query.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD);
    }
    List<String> ids = new ArrayList<String>();
    for (ScoreDoc found : searcher.search(query, LIMIT).scoreDocs) {
      Document document = searcher.doc(found.doc);
      if (!document.get("text").isEmpty()) {
        ids.add(document.get("id"));
      }
    }
    return ids;
  }

  private static long processTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static long size(Directory folder) throws IOException {
    long sum = 0;
    for (String name : folder.listAll()) {
      sum += folder.fileLength(name);
    }
    return sum;
  }
}
