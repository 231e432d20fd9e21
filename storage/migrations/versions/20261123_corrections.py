"""What officers corrected, to learn from: labels and hashed words."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_corrections'
down_revision = '20261123_desk2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'correction',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('month', sa.Text(), nullable=False),
        sa.Column('label', sa.Text(), nullable=False),
        sa.Column('features', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    )


def downgrade() -> None:
    op.drop_table('correction')
