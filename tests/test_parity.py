"What lessons built by hand equals the library's: the tables that the notebooks store are complete and within their limits"
import re
import pytest
from fastcourse import bridge
from fastcourse.lesson import lesson

# Public names of a module that build nothing that a library has
others = {
    'scratch': {'split', 'numeric_gradient', 'Var', 'unbroadcast', 'through', 'mlp', 'like_torch', 'from_scratch', 'measure_all', 'check_rows'},
    'convnet': {'out_size', 'receptive_field', 'resnet', 'deep', 'train_plainly', 'by_depth', 'read_pictures', 'feature_maps', 'edges', 'told_by', 'with_he', 'head_boxes', 'finds_heads',
                'windows_or_rows', 'stable_rates', 'read_digits', 'small_networks', 'pretrained_layers', 'check_net'},
    'schedule': {'digits', 'descend', 'random_valley', 'measured_limit', 'Optimizer', 'mlp', 'growing', 'steepest', 'tenth', 'valley', 'Found', 'set_hypers', 'fit', 'trial', 'plans', 'grid', 'sweep',
                 'groups', 'left_as_before', 'fine_tuned', 'figures', 'rates_and_schedules', 'valleys', 'layers_and_rates', 'check_training'},
    'language': {'tokenize', 'as_text', 'specials', 'discounts', 'ngram_text', 'saturated', 'train_lm', 'by_context', 'streams', 'one_training', 'dropouts', 'variants', 'ablations', 'repeated', 'Forgetful', 'looks',
                 'parts_of_awd_lstm', 'networks_and_counts', 'docs_streams', 'counted_docs', 'shipped_weights', 'my_texts'},
    'ulmfit': {'split_groups', 'target_texts', 'draw', 'save_encoder', 'load_encoder', 'judge', 'word_counts', 'known_share', 'guide', 'train_by', 'numbered', 'Answer', 'ask', 'fit_lm', 'fit_classifier',
               'perplexity', 'read_both', 'reading', 'epochs_for', 'scratch_plan', 'tuned_plan', 'compare_ways', 'label_efficiency', 'policies', 'put_back', 'forget', 'forgetting', 'read_labeled', 'check_labeled'},
    'attention': {'make_tokenizer', 'encode', 'strips', 'show_maps', 'check_mask', 'our_name', 'from_torch', 'attention_maps', 'pick', 'generate', 'ledger', 'Recall', 'distances_up_to', 'train_recall', 'recall_accuracy',
                  'text_learner', 'read_once', 'short_run', 'recall_over_distance', 'read_docs', 'same_text', 'pieces', 'Encoder', 'load_minilm', 'sentence_vectors', 'labeled_texts', 'split_texts', 'check_tokens'},
    'tabular': {'Codes', 'FillGaps', 'Gaps', 'Prepared', 'Scale', 'adult_rivals', 'auc_interval', 'check_table', 'contest', 'dice_rank', 'emb_size', 'fit_logistic', 'fit_net', 'fit_table', 'fit_trees',
                'flights_rivals', 'flights_splits', 'gives_away', 'inner_days', 'permutation_importance', 'probs', 'read_flights', 'read_people', 'split_rows', 'three_splits'},
    'collab': {'Factors', 'Taste', 'als', 'best_on_movielens', 'beyond_the_error', 'check_ratings', 'codes', 'cold_start', 'dot_model', 'error', 'fit_biases', 'fold', 'implicit_als', 'inner',
               'last_or_any', 'mean_of', 'noise_floor', 'read_ratings', 'read_table', 'shrunk', 'tables', 'top_films', 'train', 'truth_found', 'truth_on_twins'},
    'embeddings': {'add_clock', 'analogies', 'canonical', 'check_categories', 'compare_seeds', 'count_vectors', 'docs_analogies', 'embed_table', 'entity_features', 'factorize', 'features_compared',
                   'film_tables', 'film_truth', 'fit_entities', 'guess_rare', 'keep_chance', 'label_map', 'neighbors', 'overlap', 'overlapping', 'pairs', 'permutation_test', 'place_fit', 'place_labels',
                   'place_maps', 'place_vectors', 'places_by_task', 'questions_of', 'read_genres', 'read_words', 'rebuild', 'recovered', 'shared', 'skipgram', 'toy_pmi', 'toy_world', 'train_pairs',
                   'true_places'},
    'project': {'better_by', 'check_data', 'column_kind', 'coverage', 'curve_ahead', 'encoding_of', 'find_column', 'free_port', 'honest_intervals', 'large_batches', 'learning_curve', 'new_project',
                'open_project', 'power_law', 'read_table', 'run', 'separator_of', 'skill_alone', 'start_ranks', 'time_format', 'train_digits', 'two_splits', 'visits'}}
built = {'scratch': 5, 'convnet': 6, 'schedule': 7, 'language': 8, 'ulmfit': 9, 'attention': 10, 'tabular': 11, 'collab': 12, 'embeddings': 13, 'project': 14}

single = {'pmi'}   # counts, in single precision whatever is asked for

@pytest.mark.parametrize('n', built.values())
def test_the_pieces_agree_with_the_library(n):
    rows = lesson(n).parity
    assert len(rows) >= (10 if n <= 10 else 5)
    assert [(o.name, o.float64, o.float32) for o in rows if not o.holds or o.tol64 > (1e-6 if o.name in single else 1e-10) or o.tol32 > 1e-5] == []

@pytest.mark.parametrize('module', others)
def test_no_piece_is_left_out(module):
    named = {name for row in lesson(built[module]).parity for name in re.findall(r'\w+', row.name)}
    assert set(bridge.public(module)) - others[module] - named == set()
