package folkmoot.search;

import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * What the minimal distribution lacks and the full one has: the filter "stemmer", here for English alone, over Lucene's
 * own Porter stemmer. The name and the parameter are those of the full distribution, so that one mapping runs on both.
 */
public class WordFilters extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of("stemmer", (index, environment, name, settings) -> stemmer(name, settings));
    }

    private static TokenFilterFactory stemmer(String name, Settings settings) {
        String language = settings.get("language", settings.get("name", "english"));
        if (language.equals("english") == false) {
            throw new IllegalArgumentException("This stemmer knows English, not [" + language + "].");
        }
        return new TokenFilterFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TokenStream create(TokenStream words) {
                return new PorterStemFilter(words);
            }
        };
    }
}
