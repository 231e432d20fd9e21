"""Marks by which a tip's twins are found."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_twins'
down_revision = '20261123_photos'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'tip_mark',
        sa.Column('tip_id', sa.Uuid(), nullable=False),
        sa.Column('period', sa.Text(), nullable=False),
        sa.Column('marks', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['tip_id'], ['tip.id'], name=op.f('fk_tip_mark_tip_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('tip_id', name=op.f('pk_tip_mark')),
    )
    op.create_index(op.f('ix_tip_mark_period'), 'tip_mark', ['period'])


def downgrade() -> None:
    op.drop_table('tip_mark')
